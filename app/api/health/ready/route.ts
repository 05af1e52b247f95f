import { readiness } from '#lib/services/application/read-readiness.ts';

/** Ready when the database is migrated and answers, the key opens the canary, and the server is not stopping (R30). */
export const dynamic = 'force-dynamic';

export async function GET(): Promise<Response> {
  const { isReady, warnings } = await readiness();
  return Response.json(
    { status: isReady ? 'ready' : 'not ready', ...(warnings.length > 0 ? { warnings } : {}) },
    {
      status: isReady ? 200 : 503,
      headers: { 'cache-control': 'no-store', ...(isReady ? {} : { 'retry-after': '2' }) },
    },
  );
}
