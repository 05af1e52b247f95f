import { serve } from '#lib/operations/serve.ts';
import { readExport } from '#lib/services/message/read-export.ts';

export const GET = serve(readExport);
