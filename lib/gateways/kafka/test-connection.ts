import { AppError } from '#lib/errors/app-error.ts';
import type { ClusterConnection, ClusterSecrets, HostPort } from '#lib/model/cluster.ts';
import type { DescribedCluster } from './describe-cluster.ts';
import { askCluster, probeTcp, probeTls } from './probe.ts';
import {
  type ConnectionTest,
  problemStep,
  skipped,
  stepToFix,
  type TestStep,
  type TestStepName,
  testSteps,
} from './test-steps.ts';
import { addressOf, connectionError } from './translate.ts';
import {
  type CheckAddress,
  callTimeoutMs,
  connectionOptions,
  connectTimeoutMs,
  userOf,
} from './wire/settings.ts';
import { tokenProvider } from './wire/token.ts';
import { openWire, type Wire } from './wire/wire.ts';
import { within } from './wire/within.ts';

export type TestSettings = {
  connection: ClusterConnection;
  secrets: ClusterSecrets;
  checkAddress: CheckAddress;
};

const oldDays = 14;

/**
 * Walks from the name to the rights, address by address until one gets through, and says at the step that fails the
 * one thing to fix. Changes nothing on the cluster. Never rejects for what the other side does.
 * @param onStep is told each step as soon as it is known, so that a page can show the walk.
 */
export async function testConnection(
  settings: TestSettings,
  options: { signal?: AbortSignal; onStep?: (step: TestStep, address: string) => void } = {},
): Promise<ConnectionTest> {
  let best: ConnectionTest | null = null;
  for (const endpoint of settings.connection.bootstrap) {
    options.signal?.throwIfAborted();
    const result = await new Walk(settings, endpoint, options).run();
    if (result.ok) return result;
    const reached = (test: ConnectionTest) => test.steps.filter((step) => step.outcome !== 'skipped').length;
    if (!best || reached(result) > reached(best)) best = result;
  }
  return best as ConnectionTest;
}

class Walk {
  private readonly settings: TestSettings;
  private readonly endpoint: HostPort;
  private readonly host: string;
  private readonly address: string;
  private readonly options: { signal?: AbortSignal; onStep?: (step: TestStep, address: string) => void };
  private readonly steps = new Map<TestStepName, TestStep>();
  private startedAt = 0;

  constructor(settings: TestSettings, endpoint: HostPort, options: Walk['options']) {
    this.settings = settings;
    this.endpoint = endpoint;
    this.host = endpoint.host.replace(/^\[|\]$/g, '');
    this.address = addressOf(this.host, endpoint.port);
    this.options = options;
  }

  async run(): Promise<ConnectionTest> {
    let wire: Wire | null = null;
    let cluster: DescribedCluster | null = null;
    let current: TestStepName = 'dns';
    try {
      const pinned = await this.step('dns', async () => {
        const { address } = await this.settings.checkAddress(this.host, this.endpoint.port);
        return {
          value: address,
          sentence: address === this.host ? `${address} is an address.` : `${this.host} is ${address}.`,
        };
      });
      current = 'tcp';
      await this.step('tcp', async () => {
        await probeTcp(pinned, this.endpoint.port, connectTimeoutMs);
        return { value: null, sentence: `Port ${this.endpoint.port} accepts connections.` };
      });
      current = 'tls';
      await this.tls(pinned);
      current = this.settings.connection.sasl.mechanism === 'none' ? 'versions' : 'sasl';
      wire = await this.signIn(pinned, () => {
        current = 'versions';
      });
      current = 'rights';
      cluster = await this.rights(wire);
      current = 'brokers';
      await this.brokers(cluster);
    } catch (error) {
      this.options.signal?.throwIfAborted();
      this.fail(current, error);
    } finally {
      wire?.close();
    }
    const steps = testSteps.map((name) => this.steps.get(name) ?? skipped(name, 'Not reached.'));
    return {
      ok: steps.every((step) => step.outcome !== 'failed'),
      address: this.address,
      steps,
      clusterId: cluster?.clusterId ?? null,
      brokers: cluster?.brokers.length ?? 0,
    };
  }

  private async tls(pinned: string): Promise<void> {
    const { connection, secrets } = this.settings;
    if (!connection.tls.enabled) {
      this.tell(skipped('tls', 'TLS is switched off: what is sent can be read on the way.'));
      return;
    }
    await this.step('tls', async () => {
      const facts = await probeTls(
        connection,
        secrets,
        this.host,
        pinned,
        this.endpoint.port,
        connectTimeoutMs,
      );
      const days = facts.validTo
        ? (facts.validTo.getTime() - Date.now()) / 86_400_000
        : Number.POSITIVE_INFINITY;
      const until = facts.validTo
        ? `, certificate valid until ${facts.validTo.toISOString().slice(0, 10)}`
        : '';
      return {
        value: null,
        sentence: `${facts.protocol} with ${facts.cipher}${until}.`,
        ...(days < oldDays
          ? { warning: `Renew the certificate of the broker: it ends in ${Math.floor(days)} days.` }
          : {}),
      };
    });
  }

  private async signIn(pinned: string, onSignedIn: () => void): Promise<Wire> {
    const { connection, secrets, checkAddress } = this.settings;
    const { sasl } = connection;
    if (sasl.mechanism === 'none')
      this.tell(skipped('sasl', 'No sign-in is set: the broker sees an anonymous client.'));
    const token =
      sasl.mechanism === 'OAUTHBEARER'
        ? tokenProvider(sasl, secrets, checkAddress)
        : () => Promise.resolve('');
    this.startedAt = performance.now();
    const options = connectionOptions(connection, secrets, this.host, token);
    const wire = await openWire(
      'millrace-test',
      options,
      pinned,
      this.endpoint.port,
      connectTimeoutMs,
      () => {
        onSignedIn();
        if (sasl.mechanism !== 'none')
          this.ok('sasl', `Signed in as ${userOf(connection)} with ${sasl.mechanism}.`);
        this.startedAt = performance.now();
      },
    );
    this.ok('versions', `The broker speaks Kafka and offers ${wire.offered.size} APIs.`);
    return wire;
  }

  /** What the principal may do. A broker that expects a sign-in ends the connection here at the latest. */
  private async rights(wire: Wire): Promise<DescribedCluster> {
    this.startedAt = performance.now();
    const expired = () =>
      new AppError('kafka.timeout', {
        broker: this.address,
        api: 'DescribeCluster',
        timeoutMs: callTimeoutMs,
      });
    let cluster: DescribedCluster;
    try {
      cluster = await within(askCluster(wire), callTimeoutMs, this.options.signal, expired);
    } catch (error) {
      if (error instanceof AppError || this.settings.connection.sasl.mechanism !== 'none') throw error;
      // Before a sign-in a SASL listener answers ApiVersions, and nothing else.
      const known = connectionError(error, this.facts());
      throw known.code === 'kafka.unreachable'
        ? new AppError('kafka.sasl-required', this.facts(), { cause: error })
        : known;
    }
    const { operations } = cluster;
    if (operations && !operations.includes('describe')) {
      this.tell({
        name: 'rights',
        outcome: 'warning',
        durationMs: this.elapsed(),
        sentence:
          operations.length === 0
            ? 'The principal has no right on the cluster itself.'
            : `On the cluster itself the principal may only: ${operations.join(', ')}.`,
        next: 'Grant it Describe and DescribeConfigs on the cluster, and Describe on topics and groups: what it may not see is missing on the pages.',
        code: 'kafka.denied',
      });
    } else {
      this.ok(
        'rights',
        operations ? `The principal may: ${operations.join(', ')}.` : 'The broker does not tell rights.',
      );
    }
    return cluster;
  }

  private async brokers(cluster: DescribedCluster): Promise<void> {
    this.startedAt = performance.now();
    const alive = cluster.brokers.filter((broker) => !broker.isFenced);
    const failures = await Promise.all(
      alive.map(async ({ id, host, port }) => {
        const broker = addressOf(host, port);
        try {
          const { address } = await this.settings.checkAddress(host, port);
          await probeTcp(address, port, connectTimeoutMs);
          return null;
        } catch (error) {
          const isRefused = error instanceof AppError && error.code === 'egress.refused';
          return isRefused
            ? error
            : new AppError('kafka.advertised-unreachable', { node: id, broker }, { cause: error });
        }
      }),
    );
    const failed = failures.filter((failure) => failure !== null);
    const [first] = failed;
    if (!first) {
      this.ok('brokers', `All ${alive.length} advertised brokers are reachable.`);
      return;
    }
    const problem = problemStep('brokers', first, this.elapsed());
    const others = failed.length > 1 ? ` (and ${failed.length - 1} more)` : '';
    const isPartial = failed.length < alive.length;
    this.tell({
      ...problem,
      outcome: isPartial ? 'warning' : 'failed',
      sentence: `${problem.sentence}${others}`,
    });
  }

  private async step<T>(
    name: TestStepName,
    work: () => Promise<{ value: T; sentence: string; warning?: string }>,
  ): Promise<T> {
    this.startedAt = performance.now();
    const { value, sentence, warning } = await work();
    this.tell({
      name,
      outcome: warning ? 'warning' : 'ok',
      durationMs: this.elapsed(),
      sentence,
      next: warning ?? null,
      code: null,
    });
    return value;
  }

  private ok(name: TestStepName, sentence: string): void {
    this.tell({ name, outcome: 'ok', durationMs: this.elapsed(), sentence, next: null, code: null });
  }

  private fail(current: TestStepName, error: unknown): void {
    const known = connectionError(error, this.facts());
    const name = stepToFix(known.code, current);
    this.tell(problemStep(name, known, this.elapsed()));
  }

  private facts() {
    const { connection } = this.settings;
    return {
      host: this.host,
      broker: this.address,
      mechanism: connection.sasl.mechanism,
      user: userOf(connection),
      timeoutMs: connectTimeoutMs,
    };
  }

  private elapsed(): number {
    return Math.round((performance.now() - this.startedAt) * 10) / 10;
  }

  private tell(step: TestStep): void {
    this.steps.set(step.name, step);
    this.options.onStep?.(step, this.address);
  }
}
