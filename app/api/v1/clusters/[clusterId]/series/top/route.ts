import { serve } from '#lib/operations/serve.ts';
import { listTopSeries } from '#lib/services/metric/list-top-series.ts';

export const GET = serve(listTopSeries);
