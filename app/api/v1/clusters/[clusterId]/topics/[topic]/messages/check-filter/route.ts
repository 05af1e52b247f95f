import { serve } from '#lib/operations/serve.ts';
import { checkFilter } from '#lib/services/message/check-filter.ts';

export const GET = serve(checkFilter);
