import { serve } from '#lib/operations/serve.ts';
import { readTopic } from '#lib/services/topic/read-topic.ts';

export const GET = serve(readTopic);
