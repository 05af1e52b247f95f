import { env } from '#lib/env.ts';
import { onStop, registry } from '#lib/process.ts';
import { ScanPool } from './pool.ts';

/** The scan workers of this process. The first starts with the first call of this, the others when
 * they are needed; all end with the process. */
export const scanPool = (): ScanPool =>
  registry('scan-pool', () => {
    const pool = new ScanPool({ root: env().MILLRACE_ROOT });
    onStop('connections', 'scan-pool', () => pool.close());
    pool.warm();
    return pool;
  });
