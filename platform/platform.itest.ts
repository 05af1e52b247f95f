import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { down } from './down.ts';
import { platformHandle } from './handle.ts';
import { isPortFree } from './machine/ports.ts';
import { findProcess, stopProcess } from './machine/processes.ts';
import { waitUntil } from './machine/wait.ts';
import { describePlatform } from './parts/all.ts';
import { askLivingBrokers } from './parts/living-brokers.ts';
import type { Part } from './parts/part.ts';
import { loopback, readSettings } from './settings.ts';
import { platformStatus } from './status.ts';
import { type UpOptions, up } from './up.ts';

/** The first of some bases whose ports nobody holds; all below the ports that the system gives to connections. */
async function freeBasePort(): Promise<string> {
  for (let base = 22_000; base < 29_000; base += 600) {
    const { brokers: described } = describePlatform(readSettings({ MILLRACE_PLATFORM_PORT: String(base) }));
    const areFree = await Promise.all(described.flatMap((part) => part.ports).map(isPortFree));
    if (areFree.every(Boolean)) return String(base);
  }
  throw new Error('no free ports from 22000 to 29000');
}

/** A platform of its own, brokers only: what is killed here must not be missed by other suites. */
const environment = {
  MILLRACE_PLATFORM_PORT: await freeBasePort(),
  MILLRACE_PLATFORM_DIR: mkdtempSync(join(tmpdir(), 'millrace-platform-')),
};
const handle = platformHandle(environment);
const platform = describePlatform(handle.settings);
const { dataDir } = handle.settings;
const brokers = platform.brokers;
const place = (name: string) => ({ dataDir, name });
const pidFile = (name: string) => join(dataDir, 'run', `${name}.pid`);
const quietly: NonNullable<UpOptions['show']> = async (_title, run) => run();
const start = async (only: Part[] = brokers) => {
  const started: Part[] = [];
  await up(platform, { only, started, show: quietly });
  return started.map((part) => part.name);
};
const broker = (id: number): Part => brokers[id - 1]!;

beforeAll(async () => {
  expect((await start()).sort()).toEqual(['broker-1', 'broker-2', 'broker-3']);
});

afterAll(async () => {
  await down(platform);
  for (const part of brokers) for (const port of part.ports) expect(await isPortFree(port)).toBe(true);
  rmSync(dataDir, { recursive: true, force: true });
});

describe('platform program', () => {
  it('starts three brokers that know each other, and its access rights are in force', async () => {
    expect(await askLivingBrokers(handle.ports.plaintext(2))).toEqual([1, 2, 3]);
    const acls = await handle.cli('org.apache.kafka.tools.AclCommand', ['--list', '--principal', 'User:app']);
    expect(acls.stdout).toContain('resourceType=TOPIC, name=shop., patternType=PREFIXED');
  });

  it('started again changes nothing: what runs is adopted', async () => {
    const before = brokers.map((part) => findProcess(place(part.name)));
    expect(await start()).toEqual([]);
    expect(brokers.map((part) => findProcess(place(part.name)))).toEqual(before);
  });

  it('finds a running broker whose pid file was lost', async () => {
    const pid = findProcess(place('broker-2'));
    rmSync(pidFile('broker-2'));
    expect(await start([broker(2)])).toEqual([]);
    expect(JSON.parse(readFileSync(pidFile('broker-2'), 'utf8'))).toMatchObject({ pid });
  });

  it('kills a broker as a power cut would; the others notice, and it comes back on its data', async () => {
    const witness = [
      '--create',
      '--topic',
      'platform.kill',
      '--partitions',
      '3',
      '--replication-factor',
      '3',
    ];
    await handle.cli('org.apache.kafka.tools.TopicCommand', witness);
    await stopProcess(place('broker-3'), { abrupt: true });
    expect((await platformStatus(platform)).find((row) => row.name === 'broker-3')?.state).toBe('down');
    const port = handle.ports.plaintext(1);
    const isMissed = await waitUntil(async () => !(await askLivingBrokers(port)).includes(3), {
      timeoutMs: 30_000,
    });
    expect(isMissed).toBe(true);

    expect(await start([broker(3)])).toEqual(['broker-3']);
    const isBack = await waitUntil(async () => (await askLivingBrokers(port)).includes(3), {
      timeoutMs: 30_000,
    });
    expect(isBack).toBe(true);
    const described = await handle.cli('org.apache.kafka.tools.TopicCommand', [
      '--describe',
      '--topic',
      'platform.kill',
    ]);
    expect(described.stdout).toMatch(/Replicas: [123,]*3/);
  });

  it('clears a stale pid file, even when its number belongs to another process now', async () => {
    await stopProcess(place('broker-3'));
    mkdirSync(join(dataDir, 'run'), { recursive: true });
    writeFileSync(pidFile('broker-3'), JSON.stringify({ pid: process.pid, startTicks: '1' }));
    expect(findProcess(place('broker-3'))).toBeNull();
    expect(await start([broker(3)])).toEqual(['broker-3']);
    expect(findProcess(place('broker-3'))).not.toBe(process.pid);
  });

  it('says in one sentence whose process holds a port it needs', async () => {
    await stopProcess(place('broker-3'));
    const port = handle.ports.plaintext(3);
    const squatter = createServer();
    await new Promise<void>((resolve) => squatter.listen(port, loopback, resolve));
    try {
      await expect(start([broker(3)])).rejects.toThrow(
        new RegExp(`^Port ${port} of broker 3 is taken by process ${process.pid} \\(.+\\); stop it, or move`),
      );
      expect((await platformStatus(platform)).find((row) => row.name === 'broker-3')?.state).toBe('foreign');
    } finally {
      await new Promise((resolve) => squatter.close(resolve));
    }
    expect(await start([broker(3)])).toEqual(['broker-3']);
  });
});
