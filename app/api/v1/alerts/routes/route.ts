import { serve } from '#lib/operations/serve.ts';
import { listRoutes } from '#lib/services/route/list-routes.ts';

export const GET = serve(listRoutes);
