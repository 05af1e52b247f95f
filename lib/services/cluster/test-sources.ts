import { assertCanaryTopic } from '#lib/collector/canary/canary-topic.ts';
import { AppError } from '#lib/errors/app-error.ts';
import { sentences } from '#lib/errors/sentences.ts';
import { readConnectorStates } from '#lib/gateways/connect/connector-states.ts';
import { checkAddress } from '#lib/gateways/egress/check-address.ts';
import { createKafkaClient, type KafkaClient } from '#lib/gateways/kafka/client.ts';
import { createTopics } from '#lib/gateways/kafka/create-topics.ts';
import type { TestStep } from '#lib/gateways/kafka/test-steps.ts';
import { MetricsServer } from '#lib/gateways/prometheus/query-server.ts';
import { scrapeEndpoint } from '#lib/gateways/prometheus/scrape-endpoint.ts';
import type { ClusterConnection, ClusterSecrets } from '#lib/model/cluster.ts';
import {
  type ClusterCanary,
  type ClusterConnect,
  type EndpointMetrics,
  endpointOf,
  type ServerMetrics,
} from '#lib/model/cluster-sources.ts';

type Verdict = Pick<TestStep, 'outcome' | 'sentence'> & { next?: string };
type Name = 'metrics' | 'canary' | 'connect';

const timeoutMs = 8_000;
const mostEndpoints = 30;

/**
 * Tries what stands beside the brokers, each in a step of its own: endpoints or server of metrics, the canary's topic, Connect. Nothing is
 * changed. What needs the brokers is not tried when they cannot be reached. Rejects only when `signal` is aborted.
 */
export async function testSources(
  connection: ClusterConnection,
  secrets: ClusterSecrets,
  isConnected: boolean,
  signal: AbortSignal,
): Promise<TestStep[]> {
  const { metrics, canary, connect } = connection;
  const client = createKafkaClient({ name: 'test', connection, secrets, checkAddress });
  try {
    const steps = await Promise.all([
      metrics &&
        step('metrics', signal, () => testMetrics(metrics, secrets, isConnected ? client : null, signal)),
      canary && step('canary', signal, () => testCanary(canary, isConnected ? client : null, signal)),
      connect && step('connect', signal, () => testConnect(connect, secrets, signal)),
    ]);
    return steps.filter((one) => one !== undefined);
  } finally {
    await client.close();
  }
}

async function step(name: Name, signal: AbortSignal, run: () => Promise<Verdict>): Promise<TestStep> {
  const startedAt = performance.now();
  const done = (verdict: Verdict, code: TestStep['code'] = null): TestStep => ({
    name,
    durationMs: Math.round((performance.now() - startedAt) * 10) / 10,
    next: null,
    code,
    ...verdict,
  });
  try {
    return done(await run());
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof AppError)) throw error;
    return done({ outcome: 'failed', ...wordsOf(error) }, error.code);
  }
}

function wordsOf(error: AppError): { sentence: string; next: string } {
  const { what, next } = sentences[error.code];
  return { sentence: what(error.facts), next: next(error.facts) };
}

const notReached: Verdict = {
  outcome: 'skipped',
  sentence: 'Not tried, because the brokers were not reached.',
};

const unknownNames: Verdict = {
  outcome: 'warning',
  sentence: 'It answers, but with no number of a Kafka broker that is known here.',
  next: 'Use the rules for Kafka that come with the JMX exporter, or none at all.',
};

async function testMetrics(
  metrics: EndpointMetrics | ServerMetrics,
  secrets: ClusterSecrets,
  client: KafkaClient | null,
  signal: AbortSignal,
): Promise<Verdict> {
  if (metrics.kind === 'server') return testServer(metrics, secrets, client, signal);
  const urls = new Map<number, string>();
  if (metrics.template !== undefined) {
    if (!client && metrics.brokers.length === 0) return notReached;
    for (const broker of (await client?.brokers({ signal })) ?? [])
      urls.set(broker.id, endpointOf(metrics.template, broker));
  }
  for (const { broker, url } of metrics.brokers) urls.set(broker, url);
  const asked = [...urls].slice(0, mostEndpoints);
  const answers = await Promise.allSettled(
    asked.map(([, url]) => scrapeEndpoint(metrics, secrets, url, { timeoutMs, signal })),
  );
  const failed = answers.findIndex(({ status }) => status === 'rejected');
  if (failed >= 0) {
    const { reason } = answers[failed] as PromiseRejectedResult;
    if (!(reason instanceof AppError)) throw reason;
    const count = answers.filter(({ status }) => status === 'rejected').length;
    if (count === answers.length) throw reason;
    const words = wordsOf(reason);
    const sentence = `${count} of ${answers.length} endpoints do not answer. Broker ${asked[failed]![0]}: ${words.sentence}`;
    return { outcome: 'warning', sentence, next: words.next };
  }
  const kinds = new Set(
    answers.flatMap((answer) =>
      answer.status === 'fulfilled' ? answer.value.readings.map((r) => r.kind) : [],
    ),
  );
  if (kinds.size === 0) return unknownNames;
  const noun = answers.length === 1 ? '1 endpoint answers' : `All ${answers.length} endpoints answer`;
  return { outcome: 'ok', sentence: `${noun}, with ${kinds.size} kinds of numbers that are known here.` };
}

async function testServer(
  metrics: ServerMetrics,
  secrets: ClusterSecrets,
  client: KafkaClient | null,
  signal: AbortSignal,
): Promise<Verdict> {
  const server = new MetricsServer(metrics, secrets, { signal });
  const names = await server.names();
  if (names.length === 0) {
    return {
      ...unknownNames,
      sentence: `It answers, but no series with ${metrics.selector} is known here.`,
      next: 'Check the label matchers, and that the server asks the brokers’ JMX exporters.',
    };
  }
  if (!client) return notReached;
  const { brokers, strangers } = await server.read(names, await client.brokers({ signal }));
  const found = `It knows ${brokers.size === 1 ? '1 broker' : `${brokers.size} brokers`}`;
  if (strangers.length === 0) return { outcome: 'ok', sentence: `${found}, by ${names.length} metrics.` };
  const values = strangers.slice(0, 3).join(', ');
  return {
    outcome: 'warning',
    sentence: `${found}. Of no broker: ${metrics.brokerLabel} = ${values}${strangers.length > 3 ? ', …' : ''}.`,
    next: 'Write a line for each of these values with the id of its broker, or take another label.',
  };
}

async function testCanary(
  { topic }: ClusterCanary,
  client: KafkaClient | null,
  signal: AbortSignal,
): Promise<Verdict> {
  if (!client) return notReached;
  const brokers = await client.brokers({ signal });
  const wanted = { topic, partitions: brokers.length, replicationFactor: 1, configs: {} };
  const [created] = await createTopics(client, [wanted], { validateOnly: true, signal });
  const error = created?.error;
  if (error?.code === 'topic.exists') {
    await assertCanaryTopic(client, topic, { signal });
    return { outcome: 'ok', sentence: `The topic ${topic} is there already.` };
  }
  if (error) return { outcome: 'failed', ...wordsOf(error) };
  return { outcome: 'ok', sentence: `The topic ${topic} may be created, with a partition for each broker.` };
}

async function testConnect(
  connect: ClusterConnect,
  secrets: ClusterSecrets,
  signal: AbortSignal,
): Promise<Verdict> {
  const connectors = await readConnectorStates(connect, secrets, { signal });
  const failed = connectors.filter(
    ({ state, tasks }) => state === 'FAILED' || tasks.some((task) => task.state === 'FAILED'),
  ).length;
  const count = connectors.length === 1 ? '1 connector' : `${connectors.length} connectors`;
  return {
    outcome: 'ok',
    sentence: `The workers run ${count}${failed > 0 ? `, ${failed} of them failed` : ''}.`,
  };
}
