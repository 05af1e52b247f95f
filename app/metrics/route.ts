import { exportMetrics } from '#lib/services/metric/export-metrics.ts';

export const dynamic = 'force-dynamic';

export const GET = exportMetrics;
