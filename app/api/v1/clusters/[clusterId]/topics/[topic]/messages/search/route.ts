import { streamSearch } from '#lib/services/message/search-messages.ts';

export const dynamic = 'force-dynamic';

export const GET = streamSearch;
