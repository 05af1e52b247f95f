import { serve } from '#lib/operations/serve.ts';
import { readBoard } from '#lib/services/board/read-board.ts';

export const GET = serve(readBoard);
