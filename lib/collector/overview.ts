import type { ChangeMark, Overview } from '#lib/model/overview.ts';
import { collectorOf } from './collectors.ts';
import { findTrouble, verdictOf } from './find-trouble.ts';
import { kafkaRelease } from './kafka-release.ts';
import { iso, missingParts } from './missing-parts.ts';
import type { SampledSnapshot } from './read-snapshot.ts';
import { sumKnown } from './roll-up.ts';
import type { Snapshot } from './snapshot.ts';
import { sortBrokers, viewBrokers } from './view-brokers.ts';
import { viewGroups } from './view-groups.ts';

/** The overview of a cluster from its newest picture; `audited` are changes made through Millrace. */
export function viewOverview(snapshot: SampledSnapshot, audited: ChangeMark[]): Overview {
  const collector = collectorOf(snapshot.clusterId);
  const findings = findTrouble(snapshot);
  const brokers = viewBrokers(snapshot, (id) => collector.brokerRing.read(String(id)));
  const groups = snapshot.groups.value
    ? viewGroups(
        snapshot,
        { clusterId: snapshot.clusterId, q: '', page: 1, pageSize: 5, sort: '-lag', show: 'all' },
        (group) => collector.groupRing.read(group),
      )
    : null;
  return {
    ...verdictOf(snapshot, findings),
    findings,
    kafkaClusterId: snapshot.metadata.value.clusterId,
    kafkaVersion: kafkaRelease(snapshot.features.value),
    features: snapshot.features.value ?? [],
    brokers: sortBrokers(brokers, 'id'),
    brokersUp: snapshot.metadata.value.brokers.length,
    brokersKnown: brokers.length,
    controller: controllerOf(snapshot),
    quorum: quorumOf(snapshot),
    topics: snapshot.metadata.value.names.length,
    partitions: snapshot.metadata.value.partition.length,
    offline: snapshot.health.offline,
    underMinIsr: snapshot.minIsr.value ? snapshot.health.underMinIsr : null,
    underReplicated: snapshot.health.underReplicated,
    recordsPerSecond: snapshot.rates.recordsIn,
    bytesInPerSecond: snapshot.rates.bytesIn,
    recordsOutPerSecond: snapshot.rates.recordsOut,
    bytesOutPerSecond: snapshot.rates.bytesOut,
    sizeBytes: sumKnown(snapshot.topics.sizeBytes),
    groups: snapshot.groups.value?.length ?? null,
    worstGroups: groups?.rows.filter((row) => row.lagMessages !== null && row.lagMessages !== '0') ?? [],
    changes: [...audited, ...seenChanges(snapshot)].sort((a, b) => (a.at < b.at ? 1 : -1)).slice(0, 12),
    asOf: iso(snapshot.metadata.at),
    missing: missingParts(snapshot, ['ends', 'sizes', 'groups', 'groupOffsets', 'quorum']),
  };
}

function controllerOf(snapshot: SampledSnapshot): Overview['controller'] {
  if (snapshot.quorum.value)
    return { id: snapshot.quorum.value.leaderId, epoch: snapshot.quorum.value.leaderEpoch };
  const id = snapshot.metadata.value.controllerId;
  return id >= 0 ? { id, epoch: null } : null;
}

function quorumOf(snapshot: SampledSnapshot): Overview['quorum'] {
  const quorum = snapshot.quorum.value;
  if (!quorum) return null;
  const head = quorum.voters.find((voter) => voter.id === quorum.leaderId)?.logEndOffset ?? 0n;
  return {
    voters: quorum.voters.map((voter) => ({
      id: voter.id,
      isLeader: voter.id === quorum.leaderId,
      lag: (head > voter.logEndOffset ? head - voter.logEndOffset : 0n).toString(),
      lastCaughtUp: iso(voter.lastCaughtUpMs),
    })),
    observers: quorum.observers,
  };
}

const seenChanges = (snapshot: Snapshot): ChangeMark[] =>
  snapshot.changes.map((change) => ({
    at: new Date(change.at).toISOString(),
    title: change.title,
    detail: change.detail,
    severity: change.severity,
    href: change.broker === null ? null : `/clusters/${snapshot.clusterId}/brokers/${change.broker}`,
  }));
