import { serve } from '#lib/operations/serve.ts';
import { listResets } from '#lib/services/group/list-resets.ts';

export const GET = serve(listResets);
