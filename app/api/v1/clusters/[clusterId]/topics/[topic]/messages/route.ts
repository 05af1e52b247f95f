import { serve } from '#lib/operations/serve.ts';
import { listMessages } from '#lib/services/message/list-messages.ts';

export const GET = serve(listMessages);
