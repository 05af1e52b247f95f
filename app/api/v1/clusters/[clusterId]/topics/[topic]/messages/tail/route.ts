import { streamTail } from '#lib/services/message/tail-messages.ts';

export const dynamic = 'force-dynamic';

export const GET = streamTail;
