import type { SeriesFacts } from '#lib/model/series-kinds.ts';
import { sourceHealth } from './source-health.ts';
import { sourcesSetFor } from './supervise-sources.ts';

/**
 * Why a source of numbers tells nothing now, as a sentence with what to do; null where it is not this source's fault: it was set and
 * answers, or was not asked yet.
 */
export function sourceProblem(clusterId: string, from: SeriesFacts['from']): string | null {
  const connection = sourcesSetFor(clusterId);
  if (!connection) return null;
  if (from === 'endpoint') {
    if (!connection.metrics)
      return 'Needs a metrics endpoint on the brokers, or a Prometheus server: name it in the settings of the cluster.';
    return worstOf(clusterId, 'metrics');
  }
  if (from === 'canary') {
    if (!connection.canary) return 'Needs the canary: switch it on in the settings of the cluster.';
    return worstOf(clusterId, 'canary');
  }
  if (from === 'connect') {
    if (!connection.connect) return 'Needs Kafka Connect: name its workers in the settings of the cluster.';
    return worstOf(clusterId, 'connect');
  }
  return null;
}

/** What the source says of its first failing part, when no part of it answers. */
function worstOf(clusterId: string, source: 'metrics' | 'canary' | 'connect'): string | null {
  const parts = [...sourceHealth(clusterId, source).values()];
  if (parts.some(({ problem }) => problem === null)) return null;
  const problem = parts[0]?.problem;
  return problem ? `${problem.what} ${problem.next}` : null;
}
