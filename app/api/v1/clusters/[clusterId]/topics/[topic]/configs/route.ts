import { serve } from '#lib/operations/serve.ts';
import { listTopicConfigs } from '#lib/services/topic/list-topic-configs.ts';

export const GET = serve(listTopicConfigs);
