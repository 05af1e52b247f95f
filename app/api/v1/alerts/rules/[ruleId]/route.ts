import { serve } from '#lib/operations/serve.ts';
import { readRule } from '#lib/services/rule/read-rule.ts';

export const GET = serve(readRule);
