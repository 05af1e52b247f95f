import { serve } from '#lib/operations/serve.ts';
import { viewBoard } from '#lib/services/board/view-board.ts';

export const GET = serve(viewBoard);
