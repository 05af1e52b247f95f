import { collectorOf } from '#lib/collector/collectors.ts';
import { kafkaOf } from '#lib/collector/connections.ts';
import { iso, missingParts } from '#lib/collector/missing-parts.ts';
import { type SampledSnapshot, sampledCluster } from '#lib/collector/read-snapshot.ts';
import { viewBrokers } from '#lib/collector/view-brokers.ts';
import { AppError } from '#lib/errors/app-error.ts';
import type { KafkaClient } from '#lib/gateways/kafka/client.ts';
import { BrokerDetail, BrokerInput, type BrokerRow } from '#lib/model/broker.ts';
import { defineQuery } from '#lib/operations/define-query.ts';

/** One broker with its log dirs, its largest topics and what Millrace has asked of it. */
export const readBroker = defineQuery({
  name: 'broker.read',
  summary: 'One broker, with its log dirs and largest topics.',
  path: '/clusters/[clusterId]/brokers/[brokerId]',
  permission: 'broker:read',
  input: BrokerInput,
  output: BrokerDetail,
  target: (input) => ({ type: 'broker', id: String(input.brokerId), clusterId: input.clusterId }),
  run: async (_context, input) => {
    const snapshot = await sampledCluster(input.clusterId);
    const row = viewBrokers(snapshot, (id) => collectorOf(input.clusterId).brokerRing.read(String(id))).find(
      (broker) => broker.id === input.brokerId,
    );
    if (!row) throw new AppError('broker.not-found', { broker: input.brokerId, cluster: input.clusterId });
    const client = await kafkaOf(input.clusterId);
    return {
      ...row,
      logDirs: logDirsOf(snapshot, input.brokerId),
      asked: askedOf(client, row),
      largestTopics: largestTopics(snapshot, input.brokerId),
      asOf: iso(snapshot.metadata.at),
      missing: missingParts(snapshot, ['sizes']),
    };
  },
});

/** Requests to the broker by API, most first. Empty while its address is not known. */
function askedOf(client: KafkaClient, row: BrokerRow): BrokerDetail['asked'] {
  const usage = client.usage().find((peer) => peer.address === `${row.host}:${row.port}`);
  return [...(usage?.requests ?? [])]
    .map(([api, { sent, failed }]) => ({ api, requests: sent, failures: failed }))
    .sort((a, b) => b.requests - a.requests);
}

function logDirsOf(snapshot: SampledSnapshot, broker: number): BrokerDetail['logDirs'] {
  const sizes = snapshot.sizes.value;
  if (!sizes) return [];
  const { replicas } = snapshot.metadata.value;
  return sizes.logDirs.flatMap((dir, index) => {
    if (dir.broker !== broker) return [];
    let count = 0;
    let sizeBytes = 0;
    for (let r = 0; r < replicas.length; r++) {
      if (replicas[r] !== broker || sizes.logDirIndex[r] !== index) continue;
      count++;
      sizeBytes += sizes.sizeBytes[r] || 0;
    }
    return [
      {
        path: dir.path,
        error: dir.errorCode === 0 ? null : `Error ${dir.errorCode}`,
        replicas: count,
        sizeBytes,
        totalBytes: dir.totalBytes,
        freeBytes: dir.freeBytes,
      },
    ];
  });
}

function largestTopics(snapshot: SampledSnapshot, broker: number): BrokerDetail['largestTopics'] {
  const metadata = snapshot.metadata.value;
  const sizes = snapshot.sizes.value;
  const rows: BrokerDetail['largestTopics'] = [];
  for (let t = 0; t < metadata.names.length; t++) {
    let sizeBytes = 0;
    let leaders = 0;
    let isHere = false;
    for (let p = metadata.partitionStart[t]!; p < metadata.partitionStart[t + 1]!; p++) {
      if (metadata.leader[p] === broker) leaders++;
      for (let r = metadata.replicaStart[p]!; r < metadata.replicaStart[p + 1]!; r++) {
        if (metadata.replicas[r] !== broker) continue;
        isHere = true;
        sizeBytes += sizes?.sizeBytes[r] || 0;
      }
    }
    if (isHere) rows.push({ topic: metadata.names[t]!, sizeBytes, leaders });
  }
  return rows.sort((a, b) => b.sizeBytes - a.sizeBytes || b.leaders - a.leaders).slice(0, 10);
}
