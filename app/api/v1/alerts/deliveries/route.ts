import { serve } from '#lib/operations/serve.ts';
import { listNotices } from '#lib/services/notice/list-notices.ts';

export const GET = serve(listNotices);
