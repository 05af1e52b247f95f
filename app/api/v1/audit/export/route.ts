import { exportAudit } from '#lib/services/audit/export-audit.ts';

export const dynamic = 'force-dynamic';

export const GET = exportAudit;
