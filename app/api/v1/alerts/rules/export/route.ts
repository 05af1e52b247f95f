import { serve } from '#lib/operations/serve.ts';
import { exportRules } from '#lib/services/rule/export-rules.ts';

export const GET = serve(exportRules);
