import { serve } from '#lib/operations/serve.ts';
import { listConnectors } from '#lib/services/connector/list-connectors.ts';

export const GET = serve(listConnectors);
