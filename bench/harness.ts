import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { loadavg } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { HostPort } from '#lib/model/cluster.ts';

export { watchTurns } from '#lib/testing/watch-turns.ts';

/** What all benchmarks measure with: wall time, CPU time of this process, the longest turn of its event loop, memory. */

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
export const milliseconds = (ms: number): string => `${ms.toFixed(ms < 10 ? 1 : 0)} ms`;
export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;
export const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} KB`;

/** One line of the table: what, how much, and what is wanted of it. */
export function say(what: string, figure: string, wanted = ''): void {
  console.log(`${what.padEnd(52)} ${figure.padEnd(34)}${wanted}`.trimEnd());
}

/** A headline with the load of the machine, because wall times mean nothing without it. */
export const headline = (text: string): void =>
  console.log(`\n${text} (load ${loadavg()[0]?.toFixed(1)} on this machine)`);

export type Timed<T> = { ms: number; cpuMs: number; value: T };

export async function timed<T>(work: () => Promise<T> | T): Promise<Timed<T>> {
  const cpu = process.cpuUsage();
  const started = performance.now();
  const value = await work();
  const used = process.cpuUsage(cpu);
  return { ms: performance.now() - started, cpuMs: (used.user + used.system) / 1000, value };
}

/** The value below which a share of all lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Runs of the same work: wall and CPU, as middle and 95th percentile. The first run is not counted. */
export async function repeated(times: number, work: () => Promise<unknown>): Promise<string> {
  await work();
  const all: Timed<unknown>[] = [];
  for (let i = 0; i < times; i++) all.push(await timed(work));
  const wall = all.map(({ ms }) => ms);
  const cpu = all.map(({ cpuMs }) => cpuMs);
  return `p95 ${milliseconds(quantile(wall, 0.95))}, CPU p95 ${milliseconds(quantile(cpu, 0.95))}`;
}

export type FakeProcess = { bootstrap: HostPort[]; stop: () => void };

/** A fake cluster in another process, so that what it costs is not counted as ours. */
export async function startFakeProcess(shape: {
  topics: number;
  partitions: number;
  groups: number;
}): Promise<FakeProcess> {
  const main = fileURLToPath(new URL('../lib/testing/fake-broker-main.ts', import.meta.url));
  const whole = { brokers: 3, replicationFactor: 3, topicsPerGroup: 3, addresses: [], ...shape };
  const fake = spawn(process.execPath, [main, JSON.stringify(whole)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface({ input: fake.stdout }), 'line')) as [string];
  return { bootstrap: JSON.parse(line), stop: () => fake.stdin.end() };
}
