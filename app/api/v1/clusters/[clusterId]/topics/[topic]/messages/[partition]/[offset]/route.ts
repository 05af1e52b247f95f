import { serve } from '#lib/operations/serve.ts';
import { readMessage } from '#lib/services/message/read-message.ts';

export const GET = serve(readMessage);
