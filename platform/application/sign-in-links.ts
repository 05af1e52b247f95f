import { join } from 'node:path';
import { run } from '../machine/run.ts';
import { PlatformProblem } from '../problem.ts';
import { projectRoot } from '../settings.ts';
import { type LocalServer, serverEnvironment } from './server.ts';

export type SignInLink = { role: string; url: string };

/**
 * One-time sign-in links for the demo's operator and developer. Made by a program of its own, which runs with the
 * environment of the server and shares its database.
 */
export async function signInLinks(server: LocalServer): Promise<SignInLink[]> {
  const program = join(projectRoot, 'platform/application/print-sign-in-links.ts');
  const options = { cwd: projectRoot, env: serverEnvironment(server), timeoutMs: 30_000 };
  const { code, stdout, stderr } = await run(process.execPath, [program], options);
  if (code !== 0) {
    throw new PlatformProblem(
      `The sign-in links could not be made: ${(stderr || stdout).trim().slice(-600)}`,
    );
  }
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '[]') as SignInLink[];
}
