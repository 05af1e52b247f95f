import { serve } from '#lib/operations/serve.ts';
import { listUsers } from '#lib/services/user/list-users.ts';

export const GET = serve(listUsers);
