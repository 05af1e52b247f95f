import { collectorOf } from '#lib/collector/collectors.ts';
import { iso, missingParts } from '#lib/collector/missing-parts.ts';
import { sampledCluster } from '#lib/collector/read-snapshot.ts';
import { sortBrokers, viewBrokers } from '#lib/collector/view-brokers.ts';
import { BrokerListing, ListBrokersInput } from '#lib/model/broker.ts';
import { defineQuery } from '#lib/operations/define-query.ts';

/** Brokers of a cluster: those that answer, and those that are known and do not. */
export const listBrokers = defineQuery({
  name: 'broker.list',
  summary: 'Brokers of a cluster, with what they lead and hold.',
  path: '/clusters/[clusterId]/brokers',
  permission: 'broker:read',
  input: ListBrokersInput,
  output: BrokerListing,
  target: (input) => ({ type: 'cluster', id: input.clusterId, clusterId: input.clusterId }),
  run: async (_context, input) => {
    const snapshot = await sampledCluster(input.clusterId);
    const all = viewBrokers(snapshot, (id) => collectorOf(input.clusterId).brokerRing.read(String(id)));
    const needle = input.q.toLowerCase();
    const found = all.filter((row) =>
      `${row.id} ${row.host ?? ''} ${row.rack ?? ''}`.toLowerCase().includes(needle),
    );
    const sorted = sortBrokers(found, input.sort ?? 'trouble');
    const from = (input.page - 1) * input.pageSize;
    return {
      rows: sorted.slice(from, from + input.pageSize),
      total: found.length,
      totalUnfiltered: all.length,
      page: input.page,
      pageSize: input.pageSize,
      asOf: iso(snapshot.metadata.at),
      missing: missingParts(snapshot, ['sizes', 'ends']),
    };
  },
});
