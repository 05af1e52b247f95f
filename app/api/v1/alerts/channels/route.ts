import { serve } from '#lib/operations/serve.ts';
import { listChannels } from '#lib/services/channel/list-channels.ts';

export const GET = serve(listChannels);
