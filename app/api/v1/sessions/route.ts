import { serve } from '#lib/operations/serve.ts';
import { listSessions } from '#lib/services/session/list-sessions.ts';

export const GET = serve(listSessions);
