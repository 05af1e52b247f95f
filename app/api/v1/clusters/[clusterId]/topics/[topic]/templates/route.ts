import { serve } from '#lib/operations/serve.ts';
import { listTemplates } from '#lib/services/template/list-templates.ts';

export const GET = serve(listTemplates);
