import { statSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../machine/run.ts';
import { PlatformProblem } from '../problem.ts';
import { projectRoot } from '../settings.ts';

const modified = (path: string) => statSync(join(projectRoot, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** Makes the database client from the schema unless it is newer than the schema. Offline, about a second. */
export async function generateClient(): Promise<string> {
  const client = modified('lib/gateways/database/generated/client.ts');
  if (client > modified('prisma/schema.prisma') && client > modified('prisma.config.ts')) return 'unchanged';
  const { code, stdout, stderr } = await run('prisma', ['generate'], { cwd: projectRoot });
  if (code !== 0)
    throw new PlatformProblem(`The database client could not be made: ${(stderr || stdout).trim()}`);
  return '';
}
