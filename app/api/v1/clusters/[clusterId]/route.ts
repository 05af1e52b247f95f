import { serve } from '#lib/operations/serve.ts';
import { readCluster } from '#lib/services/cluster/read-cluster.ts';

export const GET = serve(readCluster);
