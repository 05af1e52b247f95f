import { serve } from '#lib/operations/serve.ts';
import { listPositions } from '#lib/services/group/list-positions.ts';

export const GET = serve(listPositions);
