import type { ClusterRecord } from '#lib/model/cluster-record.ts';
import type { ClusterCard } from '#lib/model/overview.ts';
import { collectorOf } from './collectors.ts';
import { findTrouble, verdictOf } from './find-trouble.ts';
import { kafkaRelease } from './kafka-release.ts';
import { iso } from './missing-parts.ts';
import { isSampled } from './read-snapshot.ts';
import { sumKnown } from './roll-up.ts';

/** A cluster as the fleet and the switcher show it, whether it answers or not. Never waits for the cluster. */
export function clusterCard(cluster: ClusterRecord): ClusterCard {
  const collector = collectorOf(cluster.id);
  const { snapshot } = collector;
  const base = {
    id: cluster.id,
    name: cluster.name,
    environment: cluster.environment,
    isReadOnly: cluster.readOnly,
    source: cluster.source,
    recent: collector.clusterRing.read(''),
    asOf: iso(snapshot.metadata.at),
    everyMs: collector.everyMs,
  };
  if (!isSampled(snapshot)) {
    const worst = snapshot.metadata.problem?.what ?? 'Being read for the first time.';
    return { ...base, ...nothingKnown, severity: snapshot.metadata.problem ? 'critical' : 'unknown', worst };
  }
  const findings = findTrouble(snapshot);
  const { verdict, severity } = verdictOf(snapshot, findings);
  const critical = snapshot.topics.offline.reduce(
    (sum, offline, t) => sum + (offline > 0 || snapshot.topics.underMinIsr[t]! > 0 ? 1 : 0),
    0,
  );
  return {
    ...base,
    severity: snapshot.metadata.problem ? 'critical' : severity,
    worst: snapshot.metadata.problem?.what ?? (findings[0] ? `${findings[0].title}.` : verdict),
    findings: findings.length,
    kafkaVersion: kafkaRelease(snapshot.features.value),
    brokersUp: snapshot.metadata.value.brokers.length,
    brokersKnown: snapshot.metadata.value.brokers.length + snapshot.brokersDown.size,
    topics: snapshot.metadata.value.names.length,
    partitions: snapshot.metadata.value.partition.length,
    underReplicated: snapshot.health.underReplicated,
    groups: snapshot.groups.value?.length ?? null,
    recordsPerSecond: snapshot.rates.recordsIn,
    sizeBytes: sumKnown(snapshot.topics.sizeBytes),
    trouble: { brokers: snapshot.brokersDown.size, topics: critical, groups: 0 },
  };
}

const nothingKnown = {
  findings: 0,
  kafkaVersion: null,
  brokersUp: null,
  brokersKnown: null,
  topics: null,
  partitions: null,
  underReplicated: null,
  groups: null,
  recordsPerSecond: null,
  sizeBytes: null,
  trouble: { brokers: 0, topics: 0, groups: 0 },
};
