import { serve } from '#lib/operations/serve.ts';
import { readSerdes } from '#lib/services/serde/read-serdes.ts';

export const GET = serve(readSerdes);
