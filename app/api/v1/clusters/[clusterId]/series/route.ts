import { serve } from '#lib/operations/serve.ts';
import { readSeries } from '#lib/services/metric/read-series.ts';

export const GET = serve(readSeries);
