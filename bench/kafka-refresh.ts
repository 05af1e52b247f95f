import { createKafkaClient } from '#lib/gateways/kafka/client.ts';
import { readReplicaSizes } from '#lib/gateways/kafka/describe-log-dirs.ts';
import { readGroupOffsets } from '#lib/gateways/kafka/fetch-group-offsets.ts';
import { listAllGroups } from '#lib/gateways/kafka/list-groups.ts';
import { readOffsets } from '#lib/gateways/kafka/list-offsets.ts';
import { readMetadata } from '#lib/gateways/kafka/read-metadata.ts';
import { readMinInSyncReplicas } from '#lib/gateways/kafka/read-min-isr.ts';
import { headline, megabytes, startFakeProcess, timed, watchTurns } from './harness.ts';

/**
 * One refresh of a large cluster through the gateway, against a fake in another process: CPU time, the longest turn of
 * the event loop, and memory. Bounds: < 3 s CPU, < 50 ms, < 512 MB at 10,000 topics × 10 partitions.
 * `node bench/kafka-refresh.ts [topics] [partitions] [groups]`
 */
const [topics = 10_000, partitions = 10, groups = 500] = process.argv.slice(2).map(Number);
const fake = await startFakeProcess({ topics, partitions, groups });

const client = createKafkaClient({
  name: 'bench',
  connection: { bootstrap: fake.bootstrap, tls: { enabled: false }, sasl: { mechanism: 'none' } },
  secrets: {},
  checkAddress: async (host) => ({ address: host }),
});

let isWatched = false;

async function measured<T>(name: string, work: () => Promise<T>): Promise<T> {
  const stop = isWatched ? watchTurns() : null;
  const { ms, cpuMs, value } = await timed(work);
  const turnMs = stop?.();
  const shown = [ms, stop ? undefined : cpuMs, turnMs, process.memoryUsage().rss / 1e6];
  const columns = shown.map((figure) => (figure === undefined ? '' : figure.toFixed(0)).padStart(8));
  console.log(`${name.padEnd(34)}${columns.join('')}`);
  return value;
}

headline(
  `Gateway alone: ${topics} topics × ${partitions} partitions × 3 replicas, ${groups} groups, fake brokers`,
);
console.log(`${''.padEnd(34)} wall ms  cpu ms turn ms  RSS MB`);
await client.connect();
for (const round of ['first', 'second', 'third', 'watched']) {
  isWatched = round === 'watched';
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
  console.log(`${address}: ${asked}; ${megabytes(bytesIn)} in, ${megabytes(bytesOut)} out`);
}
await client.close();
fake.stop();
