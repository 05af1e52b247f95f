import { downloadSeries } from '#lib/services/metric/download-series.ts';

export const dynamic = 'force-dynamic';

export const GET = downloadSeries;
