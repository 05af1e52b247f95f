import { serve } from '#lib/operations/serve.ts';
import { countIncidents } from '#lib/services/incident/count-incidents.ts';

export const GET = serve(countIncidents);
