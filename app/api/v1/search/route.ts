import { serve } from '#lib/operations/serve.ts';
import { searchFleet } from '#lib/services/fleet/search-fleet.ts';

export const GET = serve(searchFleet);
