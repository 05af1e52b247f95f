import { AppError } from '#lib/errors/app-error.ts';
import { toProblem } from '#lib/errors/to-problem.ts';
import type { CallOptions, KafkaClient } from '#lib/gateways/kafka/client.ts';
import { describeFeatures } from '#lib/gateways/kafka/describe-features.ts';
import { readReplicaSizes } from '#lib/gateways/kafka/describe-log-dirs.ts';
import { describeQuorum } from '#lib/gateways/kafka/describe-quorum.ts';
import { readGroupOffsets } from '#lib/gateways/kafka/fetch-group-offsets.ts';
import { listAllGroups } from '#lib/gateways/kafka/list-groups.ts';
import { readOffsets } from '#lib/gateways/kafka/list-offsets.ts';
import { readMetadata } from '#lib/gateways/kafka/read-metadata.ts';
import { readMinInSyncReplicas } from '#lib/gateways/kafka/read-min-isr.ts';
import type { MetadataColumns, OffsetColumns } from '#lib/model/columns.ts';
import { lookBehind, retentionOf, rowsBehind, stableEnds, watchMembers } from './lag/read-lag.ts';
import { shareOffsets } from './lag/share-offsets.ts';
import { brokersDown, noticeChanges } from './notice-changes.ts';
import type { PartName } from './pace.ts';
import { reuseNames } from './reuse-names.ts';
import {
  addByteRates,
  addRecordRates,
  addSizes,
  clusterRates,
  consumption,
  groupLag,
  rollUpTopics,
} from './roll-up.ts';
import {
  type BrokerFailure,
  emptyPart,
  emptySnapshot,
  type GroupOffsets,
  type Part,
  type Snapshot,
} from './snapshot.ts';

/** What one question of a sample may take: a broker that hangs must not hold up what the others say. */
const patienceMs = 4_000;

/**
 * One sample of a cluster: asks the parts that are due and derives what follows from them. Never throws for
 * what the cluster says or does not say: each part carries its own problem, and keeps its last value with its age.
 */
export async function sampleCluster(
  client: KafkaClient,
  last: Snapshot,
  due: ReadonlySet<PartName>,
  stop: AbortSignal,
): Promise<Snapshot> {
  let before = last;
  const options = { signal: stop, timeoutMs: patienceMs };
  const metadata = await readPart(before.metadata, async () => ({
    value: reuseNames(before.metadata.value, await readMetadata(client, options)),
  }));
  if (!metadata.value || metadata.problem) {
    return { ...before, seq: before.seq + 1, metadata };
  }
  const rows = metadata.value;
  // The addresses lead to another cluster now: nothing that was known belongs to it.
  if (isOtherCluster(before.metadata.value, rows))
    before = { ...emptySnapshot(last.clusterId), seq: last.seq };
  // A first picture asks for all, whatever the pace says: samples that failed before it have read nothing.
  const isFirst = before.metadata.value === null;
  const haveRowsMoved = before.metadata.value?.names !== rows.names;
  const haveReplicasMoved = haveRowsMoved || before.metadata.value?.replicas !== rows.replicas;
  const wants = (part: PartName) => due.has(part) || haveRowsMoved;
  const base = withoutMoved(before, haveRowsMoved, haveReplicasMoved);

  const [ends, starts, sizes, groups, quorum, minIsr, features] = await Promise.all([
    // Ends must be as new as what groups committed: against older ones a group that falls behind reads as caught up.
    wants('offsets') || due.has('groups')
      ? readPart(base.ends, () => offsets(client, rows, 'end', options))
      : base.ends,
    wants('starts')
      ? readPart(base.starts, async () =>
          knownStarts(await offsets(client, rows, 'start', options), base.starts.value),
        )
      : base.starts,
    due.has('sizes') || haveReplicasMoved
      ? readPart(base.sizes, () => sizesOf(client, rows, options))
      : base.sizes,
    wants('groups') ? readPart(base.groups, () => groupsOf(client, options)) : base.groups,
    due.has('quorum') || isFirst
      ? readPart(base.quorum, async () => ({ value: await describeQuorum(client, options) }))
      : base.quorum,
    wants('configs')
      ? readPart(base.minIsr, async () => ({
          value: await readMinInSyncReplicas(client, rows.names, options),
        }))
      : base.minIsr,
    due.has('features') || isFirst
      ? readPart(base.features, async () => ({ value: await describeFeatures(client, options) }))
      : base.features,
  ]);
  const groupOffsets =
    wants('groups') && groups.value
      ? await readPart(base.groupOffsets, () =>
          // Ends that could not be read now are too old to take lag from: it would read as caught up.
          offsetsOfGroups(client, groups.value!, rows, ends.problem ? null : ends.value, options),
        )
      : base.groupOffsets;

  const isRead = wants('groups') && groupOffsets.problem === null && groupOffsets.value !== null;
  const asked = isRead ? rowsBehind(groupOffsets.value!) : null;
  const [stable, retention] = await Promise.all([
    asked ? readPart(base.stable, () => stableEnds(client, rows, asked, ends.value, options)) : base.stable,
    asked
      ? readPart(base.retention, async () => ({
          value: await retentionOf(
            client,
            rows,
            asked,
            wants('configs') ? null : base.retention.value,
            options,
          ),
        }))
      : base.retention,
    asked ? lookBehind(client, base.lag, rows, options) : null,
    wants('groups') && groups.value && !groups.problem
      ? watchMembers(client, base.members, groups.value, groups.failures.length === 0, options)
      : null,
  ]);

  return derive(before, {
    ...base,
    stable,
    retention,
    seq: before.seq + 1,
    sampledAt: Date.now(),
    metadata,
    ends,
    starts,
    sizes,
    groups,
    groupOffsets,
    quorum,
    minIsr,
    features,
  });
}

/** What follows from the parts: rolled-up topics, health, rates, brokers that are gone, what changed. */
async function derive(before: Snapshot, now: Snapshot): Promise<Snapshot> {
  const metadata = now.metadata.value!;
  const down = brokersDown(before, metadata, now.sampledAt);
  const { topics, health } = rollUpTopics(metadata, now.minIsr.value, (broker) => down.has(broker));
  const earlier =
    now.ends.at !== before.ends.at && before.ends.value && before.ends.at !== null && before.metadata.value
      ? { metadata: before.metadata.value, ends: before.ends.value, endsAt: before.ends.at }
      : before.earlier;
  if (now.ends.value && now.ends.at !== null)
    addRecordRates(topics, metadata, now.ends.value, now.ends.at, earlier);
  if (now.sizes.value) addSizes(topics, metadata, now.sizes.value);
  if (now.ends.value && now.starts.value) addByteRates(topics, metadata, now.ends.value, now.starts.value);
  const out =
    now.groupOffsets.at === before.groupOffsets.at
      ? { records: before.rates.recordsOut, bytes: before.rates.bytesOut }
      : consumption(
          metadata,
          topics,
          now.groupOffsets,
          before.metadata.value?.names === metadata.names ? before.groupOffsets : null,
        );
  const derived: Snapshot = {
    ...now,
    earlier,
    topics,
    health,
    brokersDown: down,
    rates: clusterRates(topics, out),
  };
  await derived.lag.observe(derived);
  return { ...derived, changes: noticeChanges(before, derived) };
}

type Answer<T> = { value: T; failures?: BrokerFailure[] };

async function readPart<T>(before: Part<T>, read: () => Promise<Answer<T>>): Promise<Part<T>> {
  try {
    const { value, failures } = await read();
    return { value, at: Date.now(), problem: null, failures: failures ?? [] };
  } catch (error) {
    if (error instanceof AppError && error.code === 'server.stopping') throw error;
    return { ...before, problem: toProblem(error) };
  }
}

const offsets = async (
  client: KafkaClient,
  metadata: MetadataColumns,
  at: 'start' | 'end',
  options: CallOptions,
) => {
  const { columns, failures } = await readOffsets(client, metadata, at, options);
  return { value: columns, failures: inWords(failures) };
};

/** Starts only grow: where a leader does not answer the last that is known says more than nothing. */
const knownStarts = (read: Answer<OffsetColumns>, before: OffsetColumns | null): Answer<OffsetColumns> => ({
  ...read,
  value: {
    ...read.value,
    offsets: read.value.offsets.map((start, row) => (start < 0n ? (before?.offsets[row] ?? -1n) : start)),
  },
});

const sizesOf = async (client: KafkaClient, metadata: MetadataColumns, options: CallOptions) => {
  const { columns, failures } = await readReplicaSizes(client, metadata, options);
  return { value: columns, failures: inWords(failures) };
};

const groupsOf = async (client: KafkaClient, options: CallOptions) => {
  const { groups, failures } = await listAllGroups(client, options);
  return { value: groups, failures: inWords(failures) };
};

async function offsetsOfGroups(
  client: KafkaClient,
  groups: NonNullable<Snapshot['groups']['value']>,
  metadata: MetadataColumns,
  ends: Snapshot['ends']['value'],
  options: CallOptions,
): Promise<Answer<Map<string, GroupOffsets>>> {
  const [{ offsets: read, failures }, shared] = await Promise.all([
    readGroupOffsets(client, groups, metadata, options),
    shareOffsets(client, groups, metadata, ends, options),
  ]);
  const value = new Map<string, GroupOffsets>();
  for (const group of read)
    value.set(group.groupId, groupLag(group.rows, group.committed, ends, group.topics));
  for (const [groupId, offsets] of shared.offsets) value.set(groupId, offsets);
  return { value, failures: inWords([...failures, ...shared.failures]) };
}

const inWords = (failures: { broker: number; error: AppError }[]): BrokerFailure[] =>
  failures.map(({ broker, error }) => ({ broker, code: error.code, sentence: toProblem(error).what }));

/** What was known before, without the parts whose columns belong to rows or replicas that are no longer the same. */
function withoutMoved(before: Snapshot, haveRowsMoved: boolean, haveReplicasMoved: boolean): Snapshot {
  return {
    ...before,
    ...(haveRowsMoved
      ? { ends: emptyPart(), starts: emptyPart(), stable: emptyPart(), groupOffsets: emptyPart() }
      : {}),
    ...(haveReplicasMoved ? { sizes: emptyPart() } : {}),
  };
}

const isOtherCluster = (before: MetadataColumns | null, now: MetadataColumns): boolean =>
  Boolean(before?.clusterId && now.clusterId && before.clusterId !== now.clusterId);
