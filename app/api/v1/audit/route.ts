import { serve } from '#lib/operations/serve.ts';
import { listAudit } from '#lib/services/audit/list-audit.ts';

export const GET = serve(listAudit);
