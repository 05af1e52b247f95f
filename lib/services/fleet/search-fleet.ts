import { snapshotOf } from '#lib/collector/collectors.ts';
import { isSampled, type SampledSnapshot } from '#lib/collector/read-snapshot.ts';
import { formatCountOf } from '#lib/format.ts';
import { listClusters } from '#lib/gateways/database/clusters.ts';
import type { ClusterRecord } from '#lib/model/cluster-record.ts';
import { SearchAnswer, SearchInput } from '#lib/model/search.ts';
import { defineQuery } from '#lib/operations/define-query.ts';
import { paths } from '#lib/paths.ts';

type Row = SearchAnswer['rows'][number];

const perNoun = 6;

/** Objects by part of their name, over all clusters; those of the given cluster first. */
export const searchFleet = defineQuery({
  name: 'fleet.search',
  summary: 'Clusters, topics, groups and brokers by part of their name.',
  path: '/search',
  permission: 'cluster:read',
  input: SearchInput,
  output: SearchAnswer,
  target: () => ({ type: 'fleet', id: 'fleet', clusterId: null }),
  run: async (_context, input) => {
    const needle = input.q.toLowerCase();
    const clusters = await listClusters();
    clusters.sort((a, b) => Number(b.id === input.clusterId) - Number(a.id === input.clusterId));
    const rows: Row[] = [];
    for (const cluster of clusters) {
      if (needle && cluster.name.toLowerCase().includes(needle)) rows.push(clusterRow(cluster));
      const snapshot = snapshotOf(cluster.id);
      if (needle === '' || !isSampled(snapshot)) continue;
      const limit = cluster.id === input.clusterId || clusters.length === 1 ? perNoun : 3;
      rows.push(
        ...topicRows(cluster, snapshot, needle, limit),
        ...groupRows(cluster, snapshot, needle, limit),
        ...brokerRows(cluster, snapshot, needle),
      );
    }
    return { rows: rows.slice(0, 60) };
  },
});

const clusterRow = (cluster: ClusterRecord): Row => ({
  noun: 'cluster',
  clusterId: cluster.id,
  environment: cluster.environment,
  name: cluster.name,
  note: `cluster, ${cluster.environment}`,
  state: 'ok',
  stateWords: '',
  href: paths.overview(cluster.id),
});

/** Names that begin with what was typed come before those that contain it. */
function best(names: readonly string[], needle: string, limit: number): number[] {
  const starting: number[] = [];
  const containing: number[] = [];
  for (let i = 0; i < names.length; i++) {
    const at = names[i]!.toLowerCase().indexOf(needle);
    if (at === 0) starting.push(i);
    else if (at > 0 && containing.length < limit) containing.push(i);
    if (starting.length >= limit) break;
  }
  return [...starting, ...containing].slice(0, limit);
}

function topicRows(cluster: ClusterRecord, snapshot: SampledSnapshot, needle: string, limit: number): Row[] {
  return best(snapshot.metadata.value.names, needle, limit).map((t) => {
    const offline = snapshot.topics.offline[t]!;
    const refusing = snapshot.topics.underMinIsr[t]!;
    const rate = snapshot.topics.recordsPerSecond[t]!;
    const partitions = snapshot.topics.partitions[t]!;
    return {
      noun: 'topic',
      clusterId: cluster.id,
      environment: cluster.environment,
      name: snapshot.metadata.value.names[t]!,
      note: [
        'topic',
        formatCountOf(partitions, 'partition', 'partitions'),
        Number.isNaN(rate) ? '' : `${Math.round(rate)}/s`,
      ]
        .filter(Boolean)
        .join(', '),
      state: offline + refusing > 0 ? 'critical' : 'ok',
      stateWords: offline > 0 ? `${offline} offline` : refusing > 0 ? `${refusing} under min ISR` : '',
      href: paths.topic(cluster.id, snapshot.metadata.value.names[t]!),
    };
  });
}

function groupRows(cluster: ClusterRecord, snapshot: SampledSnapshot, needle: string, limit: number): Row[] {
  const groups = snapshot.groups.value ?? [];
  return best(
    groups.map((group) => group.groupId),
    needle,
    limit,
  ).map((i) => {
    const lag = snapshot.groupOffsets.value?.get(groups[i]!.groupId)?.lagTotal ?? null;
    return {
      noun: 'group',
      clusterId: cluster.id,
      environment: cluster.environment,
      name: groups[i]!.groupId,
      note: `group, ${groups[i]!.groupState || 'unknown'}${lag === null ? '' : `, lag ${lag.toLocaleString('en-US')}`}`,
      state: 'ok',
      stateWords: '',
      href: paths.group(cluster.id, groups[i]!.groupId),
    };
  });
}

function brokerRows(cluster: ClusterRecord, snapshot: SampledSnapshot, needle: string): Row[] {
  const ids = [
    ...snapshot.metadata.value.brokers.map((broker) => broker.id),
    ...snapshot.brokersDown.keys(),
  ].sort((a, b) => a - b);
  return ids
    .filter((id) => `broker ${id}`.includes(needle))
    .slice(0, perNoun)
    .map((id) => {
      const isDown = snapshot.brokersDown.has(id);
      return {
        noun: 'broker',
        clusterId: cluster.id,
        environment: cluster.environment,
        name: `Broker ${id}`,
        note: 'broker',
        state: isDown ? 'critical' : 'ok',
        stateWords: isDown ? 'not answering' : '',
        href: paths.broker(cluster.id, id),
      };
    });
}
