import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { buildApplication, serverProgram } from './application/build.ts';
import { generateClient } from './application/generate-client.ts';
import { ensureMasterKey } from './application/master-key.ts';
import { failWith } from './problem.ts';
import { step } from './progress.ts';
import { loopback, projectRoot } from './settings.ts';

/** Millrace alone in production mode, in the foreground. Its environment is checked by itself. */
async function main(): Promise<void> {
  await step('database client', generateClient);
  await step('building Millrace', buildApplication);
  const host = process.env.HOST ?? loopback;
  const port = process.env.PORT ?? '3000';
  const dataDir = resolve(projectRoot, process.env.MILLRACE_DATA_DIR ?? '.data/millrace');
  const child = spawn(process.execPath, [serverProgram], {
    stdio: 'inherit',
    env: {
      ...process.env,
      ...filesByFullPath(),
      NODE_ENV: 'production',
      HOST: host,
      HOSTNAME: host,
      PORT: port,
      MILLRACE_DATA_DIR: dataDir,
      ...(host === loopback ? localDefaults(dataDir, port) : {}),
      MILLRACE_ROOT: process.env.MILLRACE_ROOT ?? projectRoot,
    },
  });
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  child.on('error', failWith);
  child.on('exit', (code) => process.exit(code ?? 1));
}

/** The files that variables name. The server works in another folder, in which a relative path would lead nowhere. */
function filesByFullPath(): Record<string, string> {
  const names = ['MILLRACE_CLUSTERS_FILE', 'MILLRACE_KEYS_FILE', 'DATABASE_URL_FILE'];
  return Object.fromEntries(
    names.flatMap((name) => (process.env[name] ? [[name, resolve(projectRoot, process.env[name])]] : [])),
  );
}

/**
 * What a first start on one's own machine need not think about: the origin, and a key made once beside the data.
 * A server that others can reach gets neither: it must be told both.
 */
function localDefaults(dataDir: string, port: string): Record<string, string> {
  const { PUBLIC_ORIGIN, MILLRACE_KEYS, MILLRACE_KEYS_FILE } = process.env;
  return {
    PUBLIC_ORIGIN: PUBLIC_ORIGIN ?? `http://localhost:${port}`,
    ...(MILLRACE_KEYS || MILLRACE_KEYS_FILE ? {} : { MILLRACE_KEYS_FILE: ensureMasterKey(dataDir) }),
  };
}

main().catch(failWith);
