import { CompressionTypes, type IHeaders, type Message, type Producer } from 'kafkajs';
import { AppError } from '#lib/errors/app-error.ts';
import { kafkajsFor } from './kafkajs-client.ts';
import { connectionError, itemError } from './translate.ts';
import type { KnownBrokers } from './wire/brokers.ts';
import type { CallOptions } from './wire/channel.ts';
import type { ClusterContext } from './wire/context.ts';
import { callTimeoutMs } from './wire/settings.ts';
import { within } from './wire/within.ts';

export type ProduceRequest = {
  topic: string;
  key: Buffer | null;
  /** Null writes a tombstone. */
  value: Buffer | null;
  /** In this order; a name may come more than once. */
  headers: readonly { name: string; value: Buffer }[];
  /** Chosen by the key (as the Java client does) when it is not given. */
  partition?: number | undefined;
  /** Epoch ms; now when it is not given. */
  timestampMs?: number | undefined;
};

/** Records for one partition, in this order. They are written together: all of them, or none. */
export type ProduceBatchRequest = {
  topic: string;
  partition: number;
  records: readonly Pick<ProduceRequest, 'key' | 'value' | 'headers' | 'timestampMs'>[];
};

/** Where the record is now; the offset is -1 when the broker did not tell. */
export type ProduceResult = { partition: number; offset: bigint; timestampMs: number };

const idleMs = 60_000;

/** One idempotent producer per cluster, opened with the first record and closed a minute after the last. */
export class Producing {
  private readonly context: ClusterContext;
  private readonly known: KnownBrokers;
  private producer: Promise<Producer> | null = null;
  private timer: NodeJS.Timeout | undefined;

  constructor(context: ClusterContext, known: KnownBrokers) {
    this.context = context;
    this.known = known;
  }

  /**
   * @throws AppError: what Kafka refused, or `outcome.unknown` when no answer came in time (F9): the record may be
   *   there, and is not sent again.
   */
  async produce(request: ProduceRequest, options: CallOptions = {}): Promise<ProduceResult> {
    const timestampMs = request.timestampMs ?? Date.now();
    const result = await this.send(
      request.topic,
      [messageOf({ ...request, timestampMs }, request.partition)],
      request.partition,
      options,
    );
    return { ...result, timestampMs };
  }

  /**
   * Writes records of one partition in one request.
   * @returns the offset of the first, -1 when the broker did not tell
   * @throws AppError as `produce` does; `outcome.unknown` is about all of them
   */
  async produceBatch(request: ProduceBatchRequest, options: CallOptions = {}): Promise<{ offset: bigint }> {
    const now = Date.now();
    const messages = request.records.map((record) =>
      messageOf({ ...record, timestampMs: record.timestampMs ?? now }, request.partition),
    );
    return this.send(request.topic, messages, request.partition, options);
  }

  private async send(
    topic: string,
    messages: Message[],
    partition: number | undefined,
    options: CallOptions,
  ): Promise<{ partition: number; offset: bigint }> {
    const timeoutMs = options.timeoutMs ?? callTimeoutMs;
    let sent = false;
    const work = (async () => {
      const producer = await this.open();
      options.signal?.throwIfAborted();
      sent = true;
      const [result] = await producer.send({
        topic,
        acks: -1,
        timeout: timeoutMs,
        compression: CompressionTypes.None,
        messages,
      });
      // kafkajs leaves out, without a word, what is meant for a partition that is not there.
      if (!result) {
        throw itemError(3, null, { topic: `${topic} partition ${partition ?? ''}`, cluster: 'this cluster' });
      }
      return { partition: result.partition, offset: BigInt(result.baseOffset ?? '-1') };
    })();
    try {
      return await within(work, timeoutMs, options.signal, () =>
        sent
          ? new AppError('outcome.unknown', {
              reason:
                messages.length === 1
                  ? 'the broker did not acknowledge the record in time'
                  : `the broker did not acknowledge ${messages.length} records in time`,
            })
          : new AppError('kafka.connect-timeout', { broker: 'The cluster', timeoutMs }),
      );
    } catch (error) {
      if (error instanceof AppError || (options.signal?.aborted && error === options.signal.reason))
        throw error;
      throw this.translated(error, topic, sent);
    } finally {
      this.closeWhenIdle();
    }
  }

  async close(): Promise<void> {
    clearTimeout(this.timer);
    const { producer } = this;
    this.producer = null;
    await producer?.then(
      (open) => open.disconnect(),
      () => undefined,
    );
  }

  private open(): Promise<Producer> {
    clearTimeout(this.timer);
    if (!this.producer) {
      const opening = this.connect();
      this.producer = opening;
      opening.catch(() => {
        if (this.producer === opening) this.producer = null;
      });
    }
    return this.producer;
  }

  private async connect(): Promise<Producer> {
    const wait = this.context.signIn.waitMs();
    if (wait > 0 && this.context.signIn.last) throw this.context.signIn.last;
    const known = this.known.all();
    const kafka = kafkajsFor(this.context, known.length > 0 ? known : this.context.connection.bootstrap);
    const producer = kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
    });
    try {
      await producer.connect();
    } catch (error) {
      await producer.disconnect().catch(() => undefined);
      throw error;
    }
    return producer;
  }

  private closeWhenIdle(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.close().catch(() => undefined), idleMs);
    this.timer.unref();
  }

  private translated(error: unknown, topic: string, sent: boolean): AppError {
    const root = rootOf(error);
    const code = (root as { code?: unknown }).code;
    const type = (root as { type?: unknown }).type;
    if (typeof code === 'number' && typeof type === 'string') {
      return itemError(code, root.message, {
        topic,
        subject: topic,
        operation: `write to ${topic}`,
      });
    }
    const broker = this.context.connection.bootstrap.map(({ host, port }) => `${host}:${port}`).join(', ');
    const peer = { ...this.context.facts(this.context.peer(this.context.connection.bootstrap[0]!)), broker };
    if (root.name === 'KafkaJSSASLAuthenticationError') {
      const refused = new AppError('kafka.auth-failed', peer, { cause: error });
      this.context.signIn.refused(refused);
      return refused;
    }
    if (sent && root.name === 'KafkaJSRequestTimeoutError') {
      return new AppError(
        'outcome.unknown',
        { reason: 'the broker did not acknowledge the record in time' },
        { cause: error },
      );
    }
    return connectionError(root, peer);
  }
}

const messageOf = (
  record: Pick<ProduceRequest, 'key' | 'value' | 'headers'> & { timestampMs: number },
  partition: number | undefined,
): Message => ({
  key: record.key,
  value: record.value,
  headers: orderedHeaders(record.headers),
  timestamp: String(record.timestampMs),
  ...(partition === undefined ? {} : { partition }),
});

function rootOf(error: unknown): Error {
  let root = error as Error;
  for (let depth = 0; depth < 8; depth += 1) {
    const { cause } = root as { cause?: unknown };
    if (!root.name.startsWith('KafkaJS') || !(cause instanceof Error)) break;
    root = cause;
  }
  return root;
}

/**
 * kafkajs takes headers as an object, which would sort names like `1`, and put equal names together. It maps a list
 * of values to headers itself; a list that maps to its own header keeps the order and every repetition.
 */
function orderedHeaders(headers: ProduceRequest['headers']): IHeaders {
  const ordered: Record<string, Buffer[]> = {};
  headers.forEach(({ name, value }, index) => {
    const values = [value];
    const header = [{ key: name, value }];
    Object.defineProperty(values, 'map', { value: () => header });
    ordered[`header-${index}`] = values;
  });
  return ordered;
}
