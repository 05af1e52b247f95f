import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { claimDataFolder } from './data-folder.ts';
import { down } from './down.ts';
import { logPath, logTail, stopProcess } from './machine/processes.ts';
import { brokerNamed, describePlatform, type Platform, partNamed } from './parts/all.ts';
import { failWith, PlatformProblem } from './problem.ts';
import { say, step } from './progress.ts';
import { readSettings, testEnvironment } from './settings.ts';
import { platformStatus, statusTable } from './status.ts';
import { up } from './up.ts';

const usage = `npm run platform -- VERB [--test]

  up [PART…]         start what is not running, wait until it answers
  down [PART…]       stop it and free its ports
  status             what runs, where, with how much memory
  kill-broker N      kill broker N as a power cut would
  start-broker N     start broker N again
  logs NAME [-f]     the last lines of a log (broker-1, registry, connect, workload, millrace)

--test means the platform of the tests (port 29000, .data/test) instead of the demo's (port 19000, .data/demo);
MILLRACE_PLATFORM_PORT and MILLRACE_PLATFORM_DIR name any other.`;

async function killBroker(platform: Platform, id: string | undefined): Promise<void> {
  const part = brokerNamed(platform, id);
  const place = { dataDir: platform.context.settings.dataDir, name: part.name };
  await step(`killing ${part.title}`, async () =>
    (await stopProcess(place, { abrupt: true })) ? '' : 'was not running',
  );
}

function showLog(dataDir: string, name: string | undefined, follow: boolean): void {
  const logs = globSync('*.log', { cwd: join(dataDir, 'log') }).map((file) => file.replace(/\.log$/, ''));
  if (!name || !logs.includes(name)) {
    const which =
      logs.length > 0 ? `there are ${logs.sort().join(', ')}` : 'nothing has been started here yet';
    throw new PlatformProblem(`Say whose log: ${which}.`);
  }
  const place = { dataDir, name };
  if (!follow) say(logTail(place, 100).join('\n'));
  else spawn('tail', ['-n', '100', '-F', logPath(place)], { stdio: 'inherit' });
}

async function main(args: string[]): Promise<void> {
  const [verb, ...words] = args.filter((word) => !word.startsWith('-'));
  const settings = readSettings(args.includes('--test') ? testEnvironment() : process.env);
  if (verb !== undefined) claimDataFolder(settings);
  const platform = describePlatform(settings);
  const parts = () => (words.length > 0 ? words.map((name) => partNamed(platform, name)) : undefined);
  switch (verb) {
    case 'up':
      return up(platform, { only: parts() ?? platform.all });
    case 'down':
      return down(platform, parts());
    case 'status':
      return say(statusTable(await platformStatus(platform)));
    case 'kill-broker':
      return killBroker(platform, words[0]);
    case 'start-broker':
      return up(platform, { only: [brokerNamed(platform, words[0])] });
    case 'logs':
      return showLog(settings.dataDir, words[0], args.includes('-f'));
    default:
      say(usage);
      if (verb !== undefined && verb !== 'help') throw new PlatformProblem(`There is no verb "${verb}".`);
  }
}

main(process.argv.slice(2)).catch(failWith);
