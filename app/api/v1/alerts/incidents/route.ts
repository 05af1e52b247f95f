import { serve } from '#lib/operations/serve.ts';
import { listIncidents } from '#lib/services/incident/list-incidents.ts';

export const GET = serve(listIncidents);
