import { connectorsOf } from '#lib/collector/sources/poll-connect.ts';
import { sourceProblem } from '#lib/collector/sources/source-problem.ts';
import { ClusterInput } from '#lib/model/cluster-record.ts';
import { ConnectorListing, failureLine } from '#lib/model/connector.ts';
import { defineQuery } from '#lib/operations/define-query.ts';

const lineOf = (trace: string | null): string | null => (trace === null ? null : failureLine(trace));

/** Connectors and their tasks as they were told last; of a failure its last cause, because traces quote configs. */
export const listConnectors = defineQuery({
  name: 'connector.list',
  summary: 'Connectors of a cluster with the states of their tasks, and why what failed did.',
  path: '/clusters/[clusterId]/connectors',
  permission: 'metric:read',
  input: ClusterInput,
  output: ConnectorListing,
  target: ({ clusterId }) => ({ type: 'cluster', id: clusterId, clusterId }),
  run: async (_context, { clusterId }) => {
    const known = connectorsOf(clusterId);
    return {
      rows: (known?.connectors ?? [])
        .map((connector) => ({
          ...connector,
          failure: lineOf(connector.failure),
          tasks: connector.tasks.map((task) => ({ ...task, failure: lineOf(task.failure) })),
        }))
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
      asOf: known ? new Date(known.at).toISOString() : null,
      missing: sourceProblem(clusterId, 'connect'),
    };
  },
});
