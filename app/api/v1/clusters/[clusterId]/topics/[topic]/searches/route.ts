import { serve } from '#lib/operations/serve.ts';
import { listSearches } from '#lib/services/search/list-searches.ts';

export const GET = serve(listSearches);
