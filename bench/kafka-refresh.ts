import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createKafkaClient } from '#lib/gateways/kafka/client.ts';
import { readReplicaSizes } from '#lib/gateways/kafka/describe-log-dirs.ts';
import { readGroupOffsets } from '#lib/gateways/kafka/fetch-group-offsets.ts';
import { listAllGroups } from '#lib/gateways/kafka/list-groups.ts';
import { readOffsets } from '#lib/gateways/kafka/list-offsets.ts';
import { readMetadata } from '#lib/gateways/kafka/read-metadata.ts';
import { readMinInSyncReplicas } from '#lib/gateways/kafka/read-min-isr.ts';

/**
 * One refresh of a large cluster through the gateway, against a fake in another process: CPU time, the longest turn of
 * the event loop, and memory. Bounds: < 3 s CPU, < 50 ms, < 512 MB at 10,000 topics × 10 partitions.
 * `node bench/kafka-refresh.ts [topics] [partitions] [groups]`
 */
const [topics = 10_000, partitions = 10, groups = 500] = process.argv.slice(2).map(Number);
const main = fileURLToPath(new URL('../lib/testing/fake-broker-main.ts', import.meta.url));
const shape = {
  brokers: 3,
  topics,
  partitions,
  replicationFactor: 3,
  groups,
  topicsPerGroup: 3,
  addresses: [],
};
const fake = spawn(process.execPath, [main, JSON.stringify(shape)], { stdio: ['pipe', 'pipe', 'inherit'] });
const [line] = (await once(createInterface({ input: fake.stdout }), 'line')) as [string];

const client = createKafkaClient({
  name: 'bench',
  connection: { bootstrap: JSON.parse(line), tls: { enabled: false }, sasl: { mechanism: 'none' } },
  secrets: {},
  checkAddress: async (host) => ({ address: host }),
});

let isProbing = false;

/**
 * The most CPU that this thread used between two turns of its event loop: what another request would have waited for,
 * whatever else the machine does. Watching costs CPU itself, so it has a round of its own.
 */
function probeTurns(): () => number {
  let longest = 0;
  let before = process.threadCpuUsage();
  let isOn = isProbing;
  const turn = (): void => {
    const used = process.threadCpuUsage(before);
    longest = Math.max(longest, (used.user + used.system) / 1000);
    before = process.threadCpuUsage();
    if (isOn) setImmediate(turn);
  };
  if (isOn) setImmediate(turn);
  return () => {
    if (isOn) turn();
    isOn = false;
    return longest;
  };
}

async function measured<T>(name: string, work: () => Promise<T>): Promise<T> {
  const stopProbe = probeTurns();
  const cpu = process.cpuUsage();
  const from = performance.now();
  const value = await work();
  const wallMs = performance.now() - from;
  const used = process.cpuUsage(cpu);
  const cpuMs = (used.user + used.system) / 1000;
  const shown = [
    wallMs,
    isProbing ? Number.NaN : cpuMs,
    isProbing ? stopProbe() : Number.NaN,
    process.memoryUsage().rss / 1e6,
  ];
  const columns = shown.map((figure) => (Number.isNaN(figure) ? '' : figure.toFixed(0)).padStart(8));
  process.stdout.write(`${name.padEnd(34)}${columns.join('')}\n`);
  return value;
}

process.stdout.write(`${topics} topics × ${partitions} partitions × 3 replicas, ${groups} groups\n`);
process.stdout.write(`${''.padEnd(34)}wall ms  cpu ms turn ms  RSS MB\n`);
await client.connect();
for (const round of ['first', 'second', 'third', 'watched']) {
  isProbing = round === 'watched';
  await measured(`${round} refresh, whole`, async () => {
    const metadata = await measured('  Metadata', () => readMetadata(client));
    await measured('  ListOffsets end', () => readOffsets(client, metadata, 'end'));
    await measured('  ListOffsets start', () => readOffsets(client, metadata, 'start'));
    await measured('  DescribeLogDirs', () => readReplicaSizes(client, metadata));
    const { groups: listed } = await measured('  ListGroups', () => listAllGroups(client));
    await measured('  OffsetFetch', () => readGroupOffsets(client, listed, metadata));
    await measured('  DescribeConfigs (min ISR)', () => readMinInSyncReplicas(client, metadata.names));
  });
}
for (const { address, requests, bytesIn, bytesOut } of client.usage()) {
  const asked = [...requests].map(([api, { sent }]) => `${api} ${sent}`).join(', ');
  process.stdout.write(
    `${address}: ${asked}; ${(bytesIn / 1e6).toFixed(1)} MB in, ${(bytesOut / 1e6).toFixed(1)} MB out\n`,
  );
}
await client.close();
fake.stdin.end();
