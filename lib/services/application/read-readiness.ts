import { startHistory } from '#lib/collector/keep-history.ts';
import { databaseHealth } from '#lib/gateways/database/health.ts';
import { log } from '#lib/log.ts';
import { lifecycle } from '#lib/process.ts';

/** What a probe is told: whether to send requests here, and what is about to go wrong, in words that name nothing. */
export type Readiness = { isReady: boolean; warnings: ('disk low' | 'history not kept')[] };

/**
 * Whether requests should be sent here: started, not stopping, and the database answers. Kafka has no say in it. A disk
 * that fills up, or history that cannot be written, is told and does not make it unready (F7): the live pictures work.
 */
export async function readiness(): Promise<Readiness> {
  if (lifecycle().phase !== 'ready') return { isReady: false, warnings: [] };
  try {
    const { ok, isDiskLow } = await databaseHealth();
    const warnings: Readiness['warnings'] = [];
    if (isDiskLow) warnings.push('disk low');
    if (startHistory().problem) warnings.push('history not kept');
    return { isReady: ok, warnings };
  } catch (error) {
    // A database that answers with something unheard of is not one to send requests to.
    log.error('readiness.unknown', { error });
    return { isReady: false, warnings: [] };
  }
}
