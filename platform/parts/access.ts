import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PlatformProblem } from '../problem.ts';
import { loopback } from '../settings.ts';
import { runKafkaTool } from '../witness.ts';
import { appPrefix, credentials } from './credentials.ts';
import type { PlatformContext } from './part.ts';

/** Gives user `app` its rights, once per data folder: everything under its prefix, nothing else. */
export async function ensureAccess(context: PlatformContext): Promise<void> {
  const { dataDir } = context.settings;
  const done = join(dataDir, 'brokers', 'access-granted');
  if (existsSync(done)) return;
  const { code, stdout, stderr } = await runKafkaTool(context.settings, 'org.apache.kafka.tools.AclCommand', [
    ...['--bootstrap-server', `${loopback}:${context.ports.plaintext(1)}`],
    ...['--add', '--allow-principal', `User:${credentials.app.username}`, '--operation', 'All'],
    ...['--resource-pattern-type', 'prefixed'],
    ...['--topic', appPrefix, '--group', appPrefix, '--transactional-id', appPrefix],
  ]);
  if (code !== 0)
    throw new PlatformProblem(`The rights of user app could not be set: ${(stderr || stdout).trim()}`);
  writeFileSync(done, '');
}
