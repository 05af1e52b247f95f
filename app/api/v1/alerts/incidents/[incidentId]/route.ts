import { serve } from '#lib/operations/serve.ts';
import { readIncident } from '#lib/services/incident/read-incident.ts';

export const GET = serve(readIncident);
