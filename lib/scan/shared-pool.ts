import { env } from '#lib/env.ts';
import { onStop, registry } from '#lib/process.ts';
import { ScanPool } from './pool.ts';

/**
 * The scan workers of this process for pages and single records: one thread that no search and no filter can hold up. It starts with
 * the first call of this and ends with the process.
 */
export const scanPool = (): ScanPool =>
  registry('scan-pool', () => {
    const pool = new ScanPool({ root: env().MILLRACE_ROOT, size: 1 });
    onStop('connections', 'scan-pool', () => pool.close());
    pools().add(pool);
    pool.warm();
    return pool;
  });

/** The workers for everything that runs long or runs a filter: cores − 1, at least one. */
export const searchPool = (): ScanPool =>
  registry('search-pool', () => {
    const pool = new ScanPool({ root: env().MILLRACE_ROOT });
    onStop('connections', 'search-pool', () => pool.close());
    pools().add(pool);
    pool.warm();
    return pool;
  });

/** The pools that were begun so far. */
const pools = (): Set<ScanPool> => registry('scan-pools', () => new Set());

/** What all scan workers of this process do now, without beginning any. */
export function scanLoad(): { workers: number; running: number; waiting: number } {
  const load = { workers: 0, running: 0, waiting: 0 };
  for (const pool of pools()) {
    const own = pool.load;
    load.workers += own.workers;
    load.running += own.running;
    load.waiting += own.waiting;
  }
  return load;
}
