import { serve } from '#lib/operations/serve.ts';
import { readOverview } from '#lib/services/cluster/read-overview.ts';

export const GET = serve(readOverview);
