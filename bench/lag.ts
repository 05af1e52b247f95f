import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { LagBook } from '#lib/collector/lag/lag-book.ts';
import { rowsBehind, stableEnds } from '#lib/collector/lag/read-lag.ts';
import { topicOfPartition } from '#lib/collector/reuse-names.ts';
import { groupLag } from '#lib/collector/roll-up.ts';
import { emptySnapshot, type GroupOffsets, type Part, type Snapshot } from '#lib/collector/snapshot.ts';
import type { KafkaClient } from '#lib/gateways/kafka/client.ts';
import { readGroupOffsets } from '#lib/gateways/kafka/fetch-group-offsets.ts';
import { listAllGroups } from '#lib/gateways/kafka/list-groups.ts';
import { readOffsets } from '#lib/gateways/kafka/list-offsets.ts';
import { readMetadata } from '#lib/gateways/kafka/read-metadata.ts';
import { hostPorts, testKafkaClient } from '#lib/testing/kafka-client.ts';
import { platformHandle } from '#platform/handle.ts';
import { openFixture } from '#platform/workload/fixture.ts';
import {
  headline,
  milliseconds,
  quantile,
  say,
  seconds,
  startFakeProcess,
  type Timed,
  timed,
} from './harness.ts';

/**
 * All lag of many groups: listed, their offsets and the ends of what they read asked, open transactions told apart, each position
 * judged. On three real brokers, and at last on a fake that has more groups. Kafka's own tool counts the same beside it.
 * With `MILLRACE_PLATFORM_PORT` of brokers that run already those are used, and what was made there is removed.
 */
const isOwn = process.env.MILLRACE_PLATFORM_PORT === undefined;
process.env.MILLRACE_PLATFORM_PORT ??= '24000';
process.env.MILLRACE_PLATFORM_DIR ??= '.data/bench';
const brokers = ['broker-1', 'broker-2', 'broker-3'];
const prefix = `bench-lag-${process.pid}`;

function platform(verb: 'up' | 'down'): void {
  if (!isOwn) return;
  const program = fileURLToPath(new URL('../platform/main.ts', import.meta.url));
  const { status, stderr } = spawnSync(process.execPath, [program, verb, ...brokers], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`The brokers are not ${verb}: ${stderr}`);
}

const part = <T>(value: T): Part<T> => ({ value, at: Date.now(), problem: null, failures: [] });

/** From nothing but a connected client to a judged lag of every partition. */
async function allLag(client: KafkaClient, book: LagBook): Promise<Snapshot> {
  const metadata = await readMetadata(client);
  const { groups } = await listAllGroups(client);
  const { offsets: read } = await readGroupOffsets(client, groups, metadata);
  const rows = Int32Array.from(
    new Set(read.flatMap((group) => [...group.rows].filter((row) => row >= 0))),
  ).sort();
  const { columns: ends } = await readOffsets(client, metadata, 'end', { rows });
  const groupOffsets = new Map<string, GroupOffsets>(
    read.map((group) => [group.groupId, groupLag(group.rows, group.committed, ends, group.topics)]),
  );
  const stable = await stableEnds(client, metadata, rowsBehind(groupOffsets), ends, {});
  const snapshot: Snapshot = {
    ...emptySnapshot('bench'),
    sampledAt: Date.now(),
    metadata: part(metadata),
    ends: part(ends),
    groups: part(groups),
    groupOffsets: part(groupOffsets),
    stable: part(stable.value),
    lag: book,
  };
  await book.observe(snapshot);
  return snapshot;
}

const requestsOf = (client: KafkaClient): number =>
  client
    .usage()
    .reduce((sum, { requests }) => sum + [...requests.values()].reduce((all, { sent }) => all + sent, 0), 0);

async function measure(what: string, client: KafkaClient, wanted: string): Promise<Snapshot> {
  await client.connect();
  const first = await timed(() => allLag(client, new LagBook()));
  say(`${what}: first`, `${milliseconds(first.ms)}, CPU ${milliseconds(first.cpuMs)}`);
  const book = new LagBook();
  const runs: Timed<Snapshot>[] = [];
  let requests = 0;
  for (let i = 0; i < 12; i++) {
    const before = requestsOf(client);
    runs.push(await timed(() => allLag(client, book)));
    requests = requestsOf(client) - before;
  }
  const of = (pick: (run: Timed<unknown>) => number, share: number) =>
    milliseconds(quantile(runs.map(pick), share));
  say(
    `${what}: then, 12 times`,
    `p50 ${of(({ ms }) => ms, 0.5)}, p95 ${of(({ ms }) => ms, 0.95)}, CPU p50 ${of(({ cpuMs }) => cpuMs, 0.5)}`,
    wanted,
  );
  say('  requests of one round', String(requests));
  return runs.at(-1)!.value;
}

/** Makes groups, measures, removes them. */
async function onRealBrokers(
  groups: number,
  partitions: number,
  wanted: string,
  compare: boolean,
): Promise<void> {
  const { bootstrap } = platformHandle();
  const fixture = openFixture(bootstrap);
  const topic = `${prefix}.${groups}`;
  const groupPrefix = `${topic}-group-`;
  await fixture.createTopic(topic, { partitions });
  const client = testKafkaClient();
  try {
    await fixture.produce(
      topic,
      Array.from({ length: partitions * 40 }, (_, i) => ({
        value: `record ${i}`,
        partition: i % partitions,
      })),
    );
    const filling = await timed(() =>
      fixture.createGroups({
        prefix: groupPrefix,
        count: groups,
        topics: [topic],
        partitions,
        offsetOf: (group, _topic, partition) => BigInt((group + partition) % 41),
      }),
    );
    say(`${groups} groups × ${partitions} made`, seconds(filling.ms));
    const snapshot = await measure(
      `all lag of ${groups} groups × ${partitions}, real brokers`,
      client,
      wanted,
    );
    if (compare) await compareWithTool(snapshot, topic, groupPrefix);
  } finally {
    await client.close();
    await fixture.deleteGroups(groupPrefix);
    await fixture.deleteTopics(topic);
  }
}

/** Every partition of every group, as Kafka's own tool counts it. */
async function compareWithTool(snapshot: Snapshot, topic: string, groupPrefix: string): Promise<void> {
  const metadata = snapshot.metadata.value!;
  const tool = await timed(() =>
    platformHandle().cli(
      'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand',
      ['--describe', '--all-groups'],
      { timeoutMs: 120_000 },
    ),
  );
  const theirs = new Map(
    tool.value.stdout
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter((cells) => cells[0]?.startsWith(groupPrefix) && cells[1] === topic)
      .map((cells) => [`${cells[0]} ${cells[2]}`, cells[5]!] as const),
  );
  let equal = 0;
  let all = 0;
  for (const [groupId, { rows, lag }] of snapshot.groupOffsets.value!) {
    if (!groupId.startsWith(groupPrefix)) continue;
    rows.forEach((row, i) => {
      all++;
      if (metadata.names[topicOfPartition(metadata, row)] !== topic) return;
      if (theirs.get(`${groupId} ${metadata.partition[row]}`) === String(lag[i])) equal++;
    });
  }
  say('  equal to Kafka’s consumer-groups tool', `${equal} of ${all} partitions`, 'all');
  say('  the tool itself, with the start of Java', seconds(tool.ms));
}

async function onFake(groups: number): Promise<void> {
  const fake = await startFakeProcess({ topics: 5_000, partitions: 10, groups });
  const client = testKafkaClient({
    connection: { bootstrap: fake.bootstrap, tls: { enabled: false }, sasl: { mechanism: 'none' } },
  });
  try {
    const snapshot = await measure(
      `all lag of ${groups} groups, fake brokers`,
      client,
      '< 2 s, < 1 s CPU, <= 100 requests',
    );
    let positions = 0;
    for (const { rows } of snapshot.groupOffsets.value!.values()) positions += rows.length;
    say('  positions', String(positions));
  } finally {
    await client.close();
    fake.stop();
  }
}

headline('Lag of all groups');
platform('up');
try {
  say(
    'brokers',
    hostPorts(platformHandle().bootstrap)
      .map(({ port }) => port)
      .join(', '),
  );
  await onRealBrokers(500, 30, '< 100 ms, < 60 ms CPU', true);
  await onRealBrokers(5_000, 10, '< 2 s, < 1 s CPU, <= 100 requests', false);
  await onFake(5_000);
} finally {
  platform('down');
  if (isOwn) rmSync(platformHandle().settings.dataDir, { recursive: true, force: true });
}
process.exit(0);
