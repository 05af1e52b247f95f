import { serve } from '#lib/operations/serve.ts';
import { listTopics } from '#lib/services/topic/list-topics.ts';

export const GET = serve(listTopics);
