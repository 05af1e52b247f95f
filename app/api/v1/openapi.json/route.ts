import { serve } from '#lib/operations/serve.ts';
import { readApi } from '#lib/services/api/read-api.ts';

export const GET = serve(readApi);
