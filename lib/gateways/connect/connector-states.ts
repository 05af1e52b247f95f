import { z } from 'zod';
import { AppError } from '#lib/errors/app-error.ts';
import {
  askServiceForJson,
  type FetchService,
  type ServiceAccess,
  unreadable,
} from '#lib/gateways/egress/ask-service.ts';
import type { ClusterSecrets } from '#lib/model/cluster.ts';
import type { ClusterConnect } from '#lib/model/cluster-sources.ts';
import type { ConnectorState } from '#lib/model/connector.ts';

export type ConnectSecrets = Pick<ClusterSecrets, 'connectPassword' | 'connectToken'>;

const answerMs = 5_000;

const state = z.object({
  state: z.string().max(100),
  worker_id: z.string().max(1000).default(''),
  trace: z.string().optional(),
});
const answered = z.record(
  z.string(),
  z.object({
    status: z.object({
      connector: state,
      tasks: z.array(state.extend({ id: z.number().int() })).default([]),
      type: z.string().default('unknown'),
    }),
  }),
);

/**
 * The states of all connectors in one question (KIP-465), from the first worker that answers.
 * @throws AppError as `askService` does for the last worker that was asked, `source.unreadable`, and `source.refused` when the workers
 * have lost their brokers: what they answer then is how it was before
 */
export async function readConnectorStates(
  connect: ClusterConnect,
  secrets: ConnectSecrets,
  options: { signal?: AbortSignal; timeoutMs?: number; fetch?: FetchService } = {},
): Promise<ConnectorState[]> {
  const access: ServiceAccess = {
    service: 'The Connect worker',
    allowHttp: connect.allowHttp,
    ca: connect.ca,
    auth: connect.auth,
    secrets: { password: secrets.connectPassword, token: secrets.connectToken },
    fetch: options.fetch,
  };
  let failure: unknown;
  for (const url of connect.urls) {
    try {
      return await askWorker(access, url.replace(/\/+$/, ''), options.timeoutMs ?? answerMs, options.signal);
    } catch (error) {
      options.signal?.throwIfAborted();
      failure = error;
    }
  }
  throw failure;
}

async function askWorker(
  access: ServiceAccess,
  base: string,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<ConnectorState[]> {
  const url = `${base}/connectors?expand=status`;
  const [answer] = await Promise.all([
    askServiceForJson(access, url, { timeoutMs, signal }),
    askHealth(access, base, timeoutMs, signal),
  ]);
  const parsed = answered.safeParse(answer);
  if (!parsed.success) throw unreadable(access, url, 'something else than its API describes', parsed.error);
  return Object.entries(parsed.data).map(([name, { status }]) => ({
    name,
    type: status.type === 'source' || status.type === 'sink' ? status.type : 'unknown',
    state: status.connector.state,
    worker: status.connector.worker_id,
    failure: failureOf(status.connector),
    tasks: status.tasks
      .map((task) => ({
        id: task.id,
        state: task.state,
        worker: task.worker_id,
        failure: failureOf(task),
      }))
      .sort((a, b) => a.id - b.id),
  }));
}

/** KIP-1017: while its brokers are away a worker answers every question with what it knew before, but not this one. */
async function askHealth(
  access: ServiceAccess,
  base: string,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  try {
    await askServiceForJson(access, `${base}/health`, { timeoutMs, signal });
  } catch (error) {
    // Workers before 4.0 have no such address.
    if (error instanceof AppError && error.code === 'source.refused' && error.facts.status === 404) return;
    throw error;
  }
}

/** What Connect says of a failure: the first lines of a Java trace say what, the rest says where in its code. */
const failureOf = ({ state: word, trace }: { state: string; trace?: string | undefined }): string | null =>
  word === 'FAILED' ? (trace ?? '').slice(0, 10_000) : null;
