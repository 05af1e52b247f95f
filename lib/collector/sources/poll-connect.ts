import { type ConnectSecrets, readConnectorStates } from '#lib/gateways/connect/connector-states.ts';
import type { FetchService } from '#lib/gateways/egress/ask-service.ts';
import type { ClusterConnect } from '#lib/model/cluster-sources.ts';
import { type ConnectorState, connectorLevel } from '#lib/model/connector.ts';
import { registry } from '#lib/process.ts';
import { offerPoints, type SamplePoint } from '../ticks.ts';
import { noteSource } from './source-health.ts';

export const connectEveryMs = 5_000;

type Known = { connectors: readonly ConnectorState[]; at: number };

const newest = (): Map<string, Known> => registry('connector-states', () => new Map());

/** The connectors of a cluster as they were told last, and when (epoch milliseconds); null before that. */
export const connectorsOf = (clusterId: string): Known | null => newest().get(clusterId) ?? null;

/** Forgets them: Connect is switched off. */
export const forgetConnectors = (clusterId: string): void => void newest().delete(clusterId);

/** One turn: what all connectors do. While no worker answers nothing is known of them. */
export async function pollConnect(
  clusterId: string,
  connect: ClusterConnect,
  secrets: ConnectSecrets,
  signal: AbortSignal,
  fetch?: FetchService,
): Promise<void> {
  try {
    const connectors = await readConnectorStates(connect, secrets, { signal, ...(fetch ? { fetch } : {}) });
    newest().set(clusterId, { connectors, at: Date.now() });
    offerPoints(clusterId, 'connect', connectors.flatMap(connectorPoints), connectEveryMs * 4);
    noteSource(clusterId, 'connect', '', null);
  } catch (error) {
    if (!signal.aborted) noteSource(clusterId, 'connect', '', error);
  }
}

/** The numbers of one connector. */
export function connectorPoints({ name, state, tasks }: ConnectorState): SamplePoint[] {
  const count = (wanted: string): number => tasks.filter((task) => task.state === wanted).length;
  return [
    { kind: 'connector.state', name, value: connectorLevel(state) },
    { kind: 'connector.tasks-running', name, value: count('RUNNING') },
    { kind: 'connector.tasks-failed', name, value: count('FAILED') },
  ];
}
