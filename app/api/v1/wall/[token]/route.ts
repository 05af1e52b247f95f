import { serveWall } from '#lib/services/board/serve-wall.ts';

export const dynamic = 'force-dynamic';

export const GET = serveWall;
