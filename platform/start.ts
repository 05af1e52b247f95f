import { spawn } from 'node:child_process';
import { buildApplication, serverProgram } from './application/build.ts';
import { generateClient } from './application/generate-client.ts';
import { failWith } from './problem.ts';
import { step } from './progress.ts';
import { loopback, projectRoot } from './settings.ts';

/** Millrace alone in production mode, in the foreground. Its environment is checked by itself. */
async function main(): Promise<void> {
  await step('database client', generateClient);
  await step('building Millrace', buildApplication);
  const host = process.env.HOST ?? loopback;
  const child = spawn(process.execPath, [serverProgram], {
    stdio: 'inherit',
    env: {
      ...process.env,
      NODE_ENV: 'production',
      HOST: host,
      HOSTNAME: host,
      PORT: process.env.PORT ?? '3000',
      MILLRACE_ROOT: process.env.MILLRACE_ROOT ?? projectRoot,
    },
  });
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  child.on('error', failWith);
  child.on('exit', (code) => process.exit(code ?? 1));
}

main().catch(failWith);
