import { serve } from '#lib/operations/serve.ts';
import { readHistory } from '#lib/services/metric/read-history.ts';

export const GET = serve(readHistory);
