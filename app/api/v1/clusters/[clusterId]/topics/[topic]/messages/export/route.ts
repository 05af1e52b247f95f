import { exportMessages } from '#lib/services/message/export-messages.ts';

export const dynamic = 'force-dynamic';

export const GET = exportMessages;
