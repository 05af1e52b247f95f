import { collectorOf } from '#lib/collector/collectors.ts';
import { clusterSnapshot } from '#lib/collector/read-snapshot.ts';
import { toProblem } from '#lib/errors/to-problem.ts';
import { ClusterInput } from '#lib/model/cluster-record.ts';
import { admit } from '#lib/operations/admit.ts';
import { contextOf } from '#lib/operations/context.ts';
import { eventStream } from '#lib/operations/event-stream.ts';
import { problemResponse } from '#lib/operations/serve.ts';

const entry = {
  name: 'cluster.watch',
  permission: 'cluster:read' as const,
  input: ClusterInput,
  target: (input: { clusterId: string }) => ({
    type: 'cluster' as const,
    id: input.clusterId,
    clusterId: input.clusterId,
  }),
};

/**
 * Server-sent events of a cluster: `sample` after each sample of its collector, with when it was taken and how
 * long until the next. Carries no data of the cluster, so that every reader gets its own through the queries.
 */
export async function streamSamples(
  request: Request,
  route: { params: Promise<{ clusterId: string }> },
): Promise<Response> {
  try {
    const context = await contextOf(request.headers, request.signal);
    const { clusterId } = await admit(context, entry, await route.params, 'read');
    await clusterSnapshot(clusterId);
    const collector = collectorOf(clusterId);
    return eventStream(context, (send) => {
      const tell = () =>
        send('sample', { sampledAt: collector.snapshot.metadata.at, everyMs: collector.everyMs });
      const stop = collector.watch(tell);
      tell();
      return stop;
    });
  } catch (error) {
    return problemResponse(toProblem(error));
  }
}
