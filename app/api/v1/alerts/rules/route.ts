import { serve } from '#lib/operations/serve.ts';
import { listRules } from '#lib/services/rule/list-rules.ts';

export const GET = serve(listRules);
