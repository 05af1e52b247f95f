import { serve } from '#lib/operations/serve.ts';
import { listSilences } from '#lib/services/silence/list-silences.ts';

export const GET = serve(listSilences);
