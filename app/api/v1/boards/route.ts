import { serve } from '#lib/operations/serve.ts';
import { listBoards } from '#lib/services/board/list-boards.ts';

export const GET = serve(listBoards);
