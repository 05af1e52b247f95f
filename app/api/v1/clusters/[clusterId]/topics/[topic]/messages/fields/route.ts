import { serve } from '#lib/operations/serve.ts';
import { listFields } from '#lib/services/message/list-fields.ts';

export const GET = serve(listFields);
