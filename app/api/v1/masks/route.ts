import { serve } from '#lib/operations/serve.ts';
import { listMasks } from '#lib/services/mask/list-masks.ts';

export const GET = serve(listMasks);
