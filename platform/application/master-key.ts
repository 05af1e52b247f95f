import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The file with the master key of a local install, made at its first start and readable by its owner only. Data sealed
 * with it cannot be read without it.
 */
export function ensureMasterKey(dir: string): string {
  const path = join(dir, 'master-keys');
  if (existsSync(path)) return path;
  mkdirSync(dir, { recursive: true });
  writeFileSync(path, `k1:${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
  return path;
}
