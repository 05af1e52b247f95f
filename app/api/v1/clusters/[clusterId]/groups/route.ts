import { serve } from '#lib/operations/serve.ts';
import { listGroups } from '#lib/services/group/list-groups.ts';

export const GET = serve(listGroups);
