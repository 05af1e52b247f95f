import { serve } from '#lib/operations/serve.ts';
import { listEvents } from '#lib/services/cluster/list-events.ts';

export const GET = serve(listEvents);
