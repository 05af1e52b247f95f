import { downloadMessage } from '#lib/services/message/download-message.ts';

export const dynamic = 'force-dynamic';

export const GET = downloadMessage;
