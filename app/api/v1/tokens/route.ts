import { serve } from '#lib/operations/serve.ts';
import { listTokens } from '#lib/services/token/list-tokens.ts';

export const GET = serve(listTokens);
