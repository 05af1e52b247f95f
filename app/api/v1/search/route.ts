import { serve } from '#lib/operations/serve.ts';
import { search } from '#lib/services/fleet/search.ts';

export const GET = serve(search);
