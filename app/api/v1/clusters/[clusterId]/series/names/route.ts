import { serve } from '#lib/operations/serve.ts';
import { listSeriesNames } from '#lib/services/metric/list-series-names.ts';

export const GET = serve(listSeriesNames);
