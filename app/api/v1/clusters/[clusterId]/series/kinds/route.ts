import { serve } from '#lib/operations/serve.ts';
import { listSeriesKinds } from '#lib/services/metric/list-series-kinds.ts';

export const GET = serve(listSeriesKinds);
