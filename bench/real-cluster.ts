import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { collectorOf } from '#lib/collector/collectors.ts';
import { kafkaOf } from '#lib/collector/connections.ts';
import { env } from '#lib/env.ts';
import type { KafkaClient } from '#lib/gateways/kafka/client.ts';
import { createTopics } from '#lib/gateways/kafka/create-topics.ts';
import { readReplicaSizes } from '#lib/gateways/kafka/describe-log-dirs.ts';
import { readMetadata } from '#lib/gateways/kafka/read-metadata.ts';
import { commitOffsets } from '#lib/testing/commit-offsets.ts';
import { openTestDatabase } from '#lib/testing/database.ts';
import { hostPorts } from '#lib/testing/kafka-client.ts';
import { registerSampleCluster } from '#lib/testing/sample-cluster.ts';
import { platformHandle } from '#platform/handle.ts';
import { headline, milliseconds, say, seconds } from './harness.ts';
import { measureLists, measureRefresh } from './lists.ts';

/**
 * Three real brokers of their own with 1,000 topics × 10 partitions and 500 groups: the same figures as for the large
 * cluster, and what Millrace costs when nobody looks. The brokers and their data are removed afterwards.
 * `node bench/real-cluster.ts [topics] [groups] [idle seconds]`
 */
const [topics = 1_000, groups = 500, idleSeconds = 120] = process.argv.slice(2).map(Number);
process.env.MILLRACE_EGRESS_ALLOW = '127.0.0.0/8';
// Below the ports that systems hand out by themselves (from 32768), one of which would be taken now and then.
process.env.MILLRACE_PLATFORM_PORT ??= '24000';
process.env.MILLRACE_PLATFORM_DIR ??= '.data/bench';
const brokers = ['broker-1', 'broker-2', 'broker-3'];
const clusterId = 'real';

function platform(verb: 'up' | 'down'): void {
  const program = fileURLToPath(new URL('../platform/main.ts', import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, verb, ...brokers], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`The brokers are not ${verb}: ${stdout}${stderr}`);
}

const topicOf = (row: number): string => `bench.topic-${String(row).padStart(5, '0')}.v1`;

/** Topics and groups that are missing. Groups first: coordinators come late on brokers that have much to do. */
async function fill(client: KafkaClient): Promise<void> {
  const first = Math.min(100, topics);
  await makeTopics(client, first);
  const offsets = Array.from({ length: 10 }, () => 0n);
  const group = (n: number) =>
    commitWhenReady(client, `group-${String(n).padStart(5, '0')}`, topicOf(n % first), offsets);
  await group(0);
  for (let from = 1; from < groups; from += 25)
    await Promise.all(Array.from({ length: Math.min(25, groups - from) }, (_, i) => group(from + i)));
  await makeTopics(client, topics);
  // Created means that the controller has written it down; the brokers make their logs afterwards, and are busy with it.
  for (;;) {
    const metadata = await readMetadata(client);
    const { columns } = await readReplicaSizes(client, metadata, { timeoutMs: 60_000 });
    if (metadata.names.length >= topics && columns.sizeBytes.every((size) => !Number.isNaN(size))) return;
    await new Promise((resolve) => setTimeout(resolve, 2_000));
  }
}

/** Fifty at a time; every third with one, two and three replicas. */
async function makeTopics(client: KafkaClient, count: number): Promise<void> {
  const known = new Set((await readMetadata(client)).names);
  const missing = Array.from({ length: count }, (_, row) => row).filter((row) => !known.has(topicOf(row)));
  for (let from = 0; from < missing.length; from += 50) {
    const wanted = missing.slice(from, from + 50).map((row) => ({
      ...{ topic: topicOf(row), partitions: 10, replicationFactor: 1 + (row % 3) },
      configs: {},
    }));
    for (const { error } of await createTopics(client, wanted, { timeoutMs: 60_000 })) if (error) throw error;
  }
}

/** The coordinators load their logs when they are first asked for. */
async function commitWhenReady(
  client: KafkaClient,
  group: string,
  topic: string,
  offsets: bigint[],
): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await commitOffsets(client, group, topic, offsets);
    } catch (error) {
      if (attempt === 120) throw error;
      client.forgetCoordinator('group', group);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}

/** What the collector and its client cost and ask while no browser watches. */
async function measureIdle(client: KafkaClient): Promise<void> {
  const asked = () => {
    const sum = new Map<string, number>();
    for (const { requests } of client.usage())
      for (const [api, { sent }] of requests) sum.set(api, (sum.get(api) ?? 0) + sent);
    return sum;
  };
  const before = asked();
  const bytes = () => client.usage().reduce((sum, one) => sum + one.bytesIn, 0);
  const bytesBefore = bytes();
  const cpu = process.cpuUsage();
  const from = performance.now();
  await new Promise((resolve) => setTimeout(resolve, idleSeconds * 1000));
  const used = process.cpuUsage(cpu);
  const minutes = (performance.now() - from) / 60_000;
  const cpuMs = (used.user + used.system) / 1000;
  say(`nobody looks, ${idleSeconds} s: CPU`, `${seconds(cpuMs / minutes)} a minute`, '< 1.5 s');
  const perMinute = [...asked()].map(
    ([api, sent]) => [api, (sent - (before.get(api) ?? 0)) / minutes] as const,
  );
  const shown = perMinute.filter(([, rate]) => rate > 0).sort(([, a], [, b]) => b - a);
  say('  asked of the brokers a minute', shown.map(([api, rate]) => `${api} ${rate.toFixed(1)}`).join(', '));
  say('  received', `${((bytes() - bytesBefore) / minutes / 1e6).toFixed(2)} MB a minute`);
}

headline(`Real cluster: ${topics} topics × 10 partitions, replication 1 to 3, ${groups} groups`);
const from = performance.now();
platform('up');
const database = await openTestDatabase();
try {
  say('three brokers up', seconds(performance.now() - from));
  await registerSampleCluster({ id: clusterId, bootstrap: hostPorts(platformHandle().bootstrap) });
  const client = await kafkaOf(clusterId);
  const filling = performance.now();
  await fill(client);
  say('topics and groups made', seconds(performance.now() - filling));
  await measureRefresh(clusterId);
  await measureLists(clusterId, 'topic-009');
  say('interval of a watched cluster', milliseconds(env().MILLRACE_SAMPLE_MS));
  await measureIdle(client);
} finally {
  await collectorOf(clusterId).stop();
  await database.close();
  platform('down');
  rmSync(platformHandle().settings.dataDir, { recursive: true, force: true });
}
process.exit(0);
