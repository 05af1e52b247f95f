import { serve } from '#lib/operations/serve.ts';
import { readProduceExample } from '#lib/services/message/produce-options.ts';

export const GET = serve(readProduceExample);
