import { serve } from '#lib/operations/serve.ts';
import { readGroup } from '#lib/services/group/read-group.ts';

export const GET = serve(readGroup);
