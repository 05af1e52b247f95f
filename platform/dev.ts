import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { generateClient } from './application/generate-client.ts';
import { ensureMasterKey } from './application/master-key.ts';
import { failWith } from './problem.ts';
import { step } from './progress.ts';
import { loopback, projectRoot } from './settings.ts';

/** Millrace in development mode, in the foreground. Without a key of your own it makes one beside its data. */
async function main(): Promise<void> {
  await step('database client', generateClient);
  const host = process.env.HOST ?? loopback;
  const port = process.env.PORT ?? '3000';
  const keys = process.env.MILLRACE_KEYS
    ? {}
    : { MILLRACE_KEYS_FILE: ensureMasterKey(join(projectRoot, '.data/dev')) };
  const child = spawn('next', ['dev', '--hostname', host, '--port', port], {
    cwd: projectRoot,
    stdio: 'inherit',
    env: {
      MILLRACE_DATA_DIR: join(projectRoot, '.data/dev/millrace'),
      ...keys,
      ...process.env,
      HOST: host,
      PORT: port,
      MILLRACE_ROOT: projectRoot,
      NEXT_TELEMETRY_DISABLED: '1',
    },
  });
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  child.on('error', failWith);
  child.on('exit', (code) => process.exit(code ?? 1));
}

main().catch(failWith);
