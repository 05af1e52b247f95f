import { serve } from '#lib/operations/serve.ts';
import { listProduceSubjects } from '#lib/services/message/produce-options.ts';

export const GET = serve(listProduceSubjects);
