import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PlatformProblem } from './problem.ts';
import type { PlatformSettings } from './settings.ts';

/**
 * Makes the data folder and binds it to its ports: the addresses of the quorum's voters are part of the data, so the
 * same data on other ports would never elect a controller. Throws a `PlatformProblem` when it was made for others.
 */
export function claimDataFolder({ dataDir, basePort }: PlatformSettings): void {
  const path = join(dataDir, 'platform.json');
  mkdirSync(dataDir, { recursive: true });
  if (!existsSync(path)) writeFileSync(path, JSON.stringify({ basePort }));
  const made = (JSON.parse(readFileSync(path, 'utf8')) as { basePort: number }).basePort;
  if (made === basePort) return;
  throw new PlatformProblem(
    `The data in ${dataDir} belong to a platform on port ${made}, not ${basePort}: set MILLRACE_PLATFORM_PORT=${made}, or give this one another MILLRACE_PLATFORM_DIR.`,
  );
}
