import { databaseHealth } from '#lib/gateways/database/health.ts';
import { log } from '#lib/log.ts';
import { lifecycle } from '#lib/process.ts';

/** Whether requests should be sent here: started, not stopping, and the database answers. Kafka has no say in it. */
export async function readiness(): Promise<boolean> {
  if (lifecycle().phase !== 'ready') return false;
  try {
    return (await databaseHealth()).ok;
  } catch (error) {
    // A database that answers with something unheard of is not one to send requests to.
    log.error('readiness.unknown', { error });
    return false;
  }
}
