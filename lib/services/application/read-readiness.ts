import { databaseHealth } from '#lib/gateways/database/health.ts';
import { lifecycle } from '#lib/process.ts';

/** Whether requests should be sent here: started, not stopping, and the database answers. Kafka has no say in it. */
export async function readiness(): Promise<boolean> {
  if (lifecycle().phase !== 'ready') return false;
  return (await databaseHealth()).ok;
}
