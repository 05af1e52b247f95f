import { serve } from '#lib/operations/serve.ts';
import { listBoardLinks } from '#lib/services/board/list-board-links.ts';

export const GET = serve(listBoardLinks);
