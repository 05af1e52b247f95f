import { serve } from '#lib/operations/serve.ts';
import { listClusters } from '#lib/services/cluster/list-clusters.ts';

export const GET = serve(listClusters);
