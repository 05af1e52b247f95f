import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { hashToken, randomToken } from '#lib/auth/random-token.ts';
import { parseEnv } from '#lib/env.ts';
import { insertSession } from '#lib/gateways/database/sessions.ts';
import { startDatabase } from '#lib/gateways/database/start.ts';
import { stepsInOrder } from '#lib/process.ts';
import { temporaryFolder } from '#lib/testing/database.ts';
import { registerSampleCluster } from '#lib/testing/sample-cluster.ts';
import { makeAccount } from '#lib/testing/visitor.ts';
import {
  headline,
  kilobytes,
  megabytes,
  milliseconds,
  quantile,
  say,
  seconds,
  startFakeProcess,
} from './harness.ts';

/**
 * The built server as people run it: from start to its first full list, lists over HTTP, what it costs when nobody looks,
 * and how much JavaScript a first page brings. Needs a production build (`npm start` makes one) and no Kafka.
 * `node bench/server.ts [server.js] [idle seconds]`
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const program = resolve(root, process.argv[2] ?? '.next/standalone/server.js');
const idleSeconds = Number(process.argv[3] ?? 60);
const clusterId = 'bench';

headline('Server in production mode, 1,000 topics × 10 partitions, 500 groups, fake brokers');
if (!existsSync(program)) {
  say('there is no build', 'npm start makes one');
  process.exit(0);
}

const dataDir = temporaryFolder();
const port = await freePort();
const settings = {
  ...{ NODE_ENV: 'production', HOST: '127.0.0.1', HOSTNAME: '127.0.0.1', PORT: String(port) },
  ...{ PUBLIC_ORIGIN: `http://localhost:${port}`, MILLRACE_DATA_DIR: dataDir, MILLRACE_ROOT: root },
  ...{ MILLRACE_KEYS: `k1:${randomBytes(32).toString('base64')}`, MILLRACE_EGRESS_ALLOW: '127.0.0.0/8' },
};
const fake = await startFakeProcess({ topics: 1_000, partitions: 10, groups: 500 });
const token = await prepare();
const startedAt = performance.now();
const server = startServer();
try {
  await measureStart();
  await measureHttp();
  await measureWeight();
  await measureIdle();
} finally {
  server.kill('SIGTERM');
  if (server.exitCode === null) await once(server, 'exit');
  fake.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
process.exit(0);

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  return typeof address === 'object' && address ? address.port : 0;
}

/** A database with one cluster and an administrator's session, as an installation has it that was there before. */
async function prepare(): Promise<string> {
  Object.assign(process.env, settings);
  await startDatabase(parseEnv(settings).keys);
  await registerSampleCluster({ id: clusterId, bootstrap: fake.bootstrap });
  const userId = await makeAccount('admin', 'bench@example.com');
  const text = randomToken();
  const session = {
    id: randomUUID(),
    userId,
    tokenHash: hashToken(text),
    ip: '127.0.0.1',
    userAgent: 'bench',
  };
  await insertSession(session, { idleMinutes: 60, maxHours: 2 });
  for (const { stop } of stepsInOrder()) await stop();
  return text;
}

function get(path: string): Promise<Response> {
  return fetch(`http://localhost:${port}${path}`, { headers: { cookie: `millrace.session=${token}` } });
}

function startServer(): ChildProcess {
  const env: NodeJS.ProcessEnv = { ...process.env, ...settings, NODE_ENV: 'production' };
  const child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  return child;
}

async function measureStart(): Promise<void> {
  for (;;) {
    if (server.exitCode !== null) throw new Error(`The server ended with ${server.exitCode}.`);
    const answer = await get(`/api/v1/clusters/${clusterId}/topics?pageSize=50`).catch(() => null);
    const list = answer?.ok ? ((await answer.json()) as { total: number; missing: unknown[] }) : null;
    if (list && list.total >= 1_000 && list.missing.length === 0) break;
    await new Promise((done) => setTimeout(done, 20));
  }
  const { cpuMs, rssBytes } = usageOf(server);
  say(
    'from start to the first full list',
    `${seconds(performance.now() - startedAt)}, CPU ${seconds(cpuMs)}`,
    '< 3 s',
  );
  say('  memory then (RSS)', megabytes(rssBytes));
}

/** CPU and memory of another process, from /proc (Linux counts in hundredths of a second). */
function usageOf(child: ChildProcess): { cpuMs: number; rssBytes: number } {
  const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return { cpuMs: (Number(fields[11]) + Number(fields[12])) * 10, rssBytes: Number(fields[21]) * 4096 };
}

async function measureHttp(): Promise<void> {
  for (const [what, path] of [
    ['topic list over HTTP', `/api/v1/clusters/${clusterId}/topics?sort=-lag`],
    ['group list over HTTP', `/api/v1/clusters/${clusterId}/groups`],
    ['topics page, drawn on the server', `/clusters/${clusterId}/topics`],
    ['overview page, drawn on the server', `/clusters/${clusterId}`],
  ] as const) {
    const times: number[] = [];
    let bytes = 0;
    const before = usageOf(server).cpuMs;
    for (let i = 0; i < 40; i++) {
      const from = performance.now();
      const answer = await get(path);
      bytes = (await answer.arrayBuffer()).byteLength;
      if (!answer.ok) throw new Error(`${path} answers ${answer.status}.`);
      if (i >= 10) times.push(performance.now() - from);
    }
    const cpu = (usageOf(server).cpuMs - before) / 40;
    say(what, `p95 ${milliseconds(quantile(times, 0.95))}, CPU ${milliseconds(cpu)}, ${kilobytes(bytes)}`);
  }
}

/** Chunks that a page loads first, without those every page of Next has. */
async function measureWeight(): Promise<void> {
  const build = join(dirname(program), '.next');
  const manifest = JSON.parse(readFileSync(join(build, 'build-manifest.json'), 'utf8')) as {
    rootMainFiles: string[];
    polyfillFiles: string[];
  };
  const frameworkFiles = new Set([...manifest.rootMainFiles, ...manifest.polyfillFiles]);
  const weigh = (file: string): number => {
    const inServer = join(build, file);
    const path = existsSync(inServer) ? inServer : join(dirname(program), '..', file);
    return gzipSync(readFileSync(path)).length;
  };
  const framework = manifest.rootMainFiles.reduce((sum, file) => sum + weigh(file), 0);
  say("the framework's own JavaScript", `${kilobytes(framework)} compressed`);
  for (const path of ['', '/topics', '/groups', '/brokers']) {
    const html = await (await get(`/clusters/${clusterId}${path}`)).text();
    const files = new Set(
      [...html.matchAll(/\/_next\/(static\/chunks\/[^"'\\?]+\.js)/g)].map(([, file = '']) => file),
    );
    const own = [...files].filter((file) => !frameworkFiles.has(file));
    const bytes = own.reduce((sum, file) => sum + weigh(file), 0);
    const shown = `${kilobytes(bytes)} in ${own.length} files, compressed`;
    say(`JavaScript of /clusters/[id]${path} beyond it`, shown, '< 150 KB');
  }
}

async function measureIdle(): Promise<void> {
  const before = usageOf(server).cpuMs;
  const from = performance.now();
  await new Promise((done) => setTimeout(done, idleSeconds * 1000));
  const minutes = (performance.now() - from) / 60_000;
  const { cpuMs, rssBytes } = usageOf(server);
  say(
    `nobody looks, ${idleSeconds} s: CPU of the whole server`,
    `${seconds((cpuMs - before) / minutes)} a minute`,
    '< 1.5 s',
  );
  say('  memory (RSS)', megabytes(rssBytes));
}
