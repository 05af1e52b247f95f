import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '#lib/errors/app-error.ts';
import type { Binaries } from './binaries.ts';
import { endLeftovers } from './owner.ts';
import type { RunAs } from './run-as.ts';

/** The role that owns everything, and the name of the one database. */
export const databaseUser = 'millrace';

/** Makes the data beside its final place and moves it there whole: a start cut short leaves nothing half made. */
export async function initialise(
  folder: string,
  data: string,
  binaries: Binaries,
  runAs: RunAs,
): Promise<void> {
  const fresh = `${data}.new`;
  endLeftovers(folder, fresh);
  rmSync(fresh, { recursive: true, force: true, maxRetries: 5 });
  mkdirSync(fresh, { mode: 0o700 });
  const password = randomBytes(32).toString('base64url');
  const handed = join(folder, 'password.new');
  writeFileSync(handed, `${password}\n`, { mode: 0o600 });
  if (runAs) {
    chownSync(fresh, runAs.uid, runAs.gid);
    chownSync(handed, runAs.uid, runAs.gid);
  }
  const args = [
    ...['-D', fresh, '-U', databaseUser, '--pwfile', handed, '--auth=scram-sha-256', '--encoding=UTF8'],
    ...['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions'],
  ];
  const { code, text } = await run(binaries.initdb, args, folder, binaries, runAs);
  if (code !== 0) throw new AppError('database.start-failed', { reason: lastWords(text) });
  if (runAs) chownSync(handed, process.getuid?.() ?? 0, process.getgid?.() ?? 0);
  renameSync(handed, join(folder, 'password'));
  await createDatabase(fresh, binaries, runAs, folder);
  renameSync(fresh, data);
}

/** Makes our database while no server runs yet, by the single-user mode of the server program. */
async function createDatabase(data: string, binaries: Binaries, runAs: RunAs, folder: string): Promise<void> {
  const args = ['--single', '-D', data, 'postgres'];
  const { code, text } = await run(
    binaries.postgres,
    args,
    folder,
    binaries,
    runAs,
    `CREATE DATABASE ${databaseUser}\n`,
  );
  if (code !== 0) throw new AppError('database.start-failed', { reason: lastWords(text) });
}

function run(
  program: string,
  args: string[],
  cwd: string,
  binaries: Binaries,
  runAs: RunAs,
  input = '',
): Promise<{ code: number | null; text: string }> {
  return new Promise((done, failed) => {
    const child = spawn(program, args, { cwd, env: environment(binaries), ...runAs });
    let text = '';
    child.stdout.on('data', (part: Buffer) => {
      text += part;
    });
    child.stderr.on('data', (part: Buffer) => {
      text += part;
    });
    child.on('error', (cause) =>
      failed(new AppError('database.start-failed', { reason: cause.message }, { cause })),
    );
    child.on('close', (code) => done({ code, text }));
    child.stdin.end(input);
  });
}

export const environment = (binaries: Binaries): NodeJS.ProcessEnv => ({
  LD_LIBRARY_PATH: binaries.libraryPath,
  LC_ALL: 'C',
  TZ: 'UTC',
  NODE_ENV: process.env.NODE_ENV,
});

/** The line of a program's output that says why it ended. */
export const lastWords = (text: string): string => {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const said = lines.filter((line) => /FATAL|PANIC|ERROR|error:/.test(line));
  return (said.at(-1) ?? lines.at(-1) ?? 'it gave no reason').trim().slice(0, 300);
};
