import { AppError } from '#lib/errors/app-error.ts';
import type { ClusterConnection, ClusterSecrets } from '#lib/model/cluster.ts';
import type { BrokerAddress } from '#lib/model/columns.ts';
import { Coordinators, type CoordinatorType } from './coordinators.ts';
import { type FetchRequest, type FetchResponse, fetchRaw } from './fetch-raw.ts';
import { type ProduceBatchRequest, type ProduceRequest, type ProduceResult, Producing } from './produce.ts';
import type { KafkaApi } from './wire/api.ts';
import { KnownBrokers } from './wire/brokers.ts';
import { type CallOptions, Channel, type Target } from './wire/channel.ts';
import { type BrokerUsage, ClusterContext, type KafkaEvent } from './wire/context.ts';
import type { Answer, Request } from './wire/link.ts';
import { type CheckAddress, callTimeoutMs } from './wire/settings.ts';

export type { CallOptions } from './wire/channel.ts';
export type { BrokerUsage, KafkaEvent } from './wire/context.ts';
export type { CheckAddress } from './wire/settings.ts';

/** Which broker a call goes to. */
export type Route = Target | { group: string } | { transaction: string };

/** A broker that could not be asked: its cells alone are missing. */
export type Failure = { broker: number; error: AppError };

/** The part of a client that has connections of its own: admin questions, browsing, copying. */
export type KafkaChannel = {
  /**
   * One request and its answer. The version is chosen per connection; the request is a function where it depends on
   * it. Error codes inside the answer are data.
   * @throws AppError `kafka.*` when no answer came or the API is not offered; the signal's reason when it is aborted.
   */
  call<Args extends unknown[], Value>(
    api: KafkaApi<Args, Value>,
    request: Request<NoInfer<Args>>,
    route: Route,
    options?: CallOptions,
  ): Promise<Answer<Value>>;
  /** One sessionless Fetch to one broker; record batches undecoded. */
  fetchRaw(broker: number, request: FetchRequest, options?: CallOptions): Promise<FetchResponse>;
  close(): Promise<void>;
};

/** One cluster, as all of Millrace sees it. */
export type KafkaClient = KafkaChannel & {
  readonly name: string;
  /** Reaches any broker and learns the others. Every other call does it by itself. */
  connect(options?: CallOptions): Promise<void>;
  /** The brokers that the last metadata named; asks when they are older than `maxAgeMs` (10 s unless given). */
  brokers(options?: CallOptions & { maxAgeMs?: number }): Promise<BrokerAddress[]>;
  /** Kafka's id of the cluster and the controller, as last told. */
  identity(): { clusterId: string | null; controllerId: number };
  /** What one broker offers: API key → version range. */
  versions(
    broker: number | 'any',
    options?: CallOptions,
  ): Promise<ReadonlyMap<number, readonly [number, number]>>;
  /** Coordinators of groups, share groups or transactions; -1 where there is none now. */
  resolve(
    type: CoordinatorType,
    keys: readonly string[],
    options?: CallOptions,
  ): Promise<Map<string, number>>;
  /** Forgets a coordinator that turned out to be another broker. */
  forgetCoordinator(type: CoordinatorType, key: string): void;
  /** Takes over what a metadata answer says of the brokers. */
  learn(head: { brokers: BrokerAddress[]; clusterId: string | null; controllerId: number }): void;
  /** Writes one record with an idempotent producer. */
  produce(request: ProduceRequest, options?: CallOptions): Promise<ProduceResult>;
  /** Writes records of one partition in one request; the offset is that of the first. */
  produceBatch(request: ProduceBatchRequest, options?: CallOptions): Promise<{ offset: bigint }>;
  /** @throws AppError `cluster.read-only` when the switch of the cluster is on (R38). */
  assertWritable(): void;
  openChannel(purpose: 'admin' | 'browse' | 'copy'): KafkaChannel;
  onEvent(listener: (event: KafkaEvent) => void): () => void;
  /** What has been asked of each broker address since the client was made. */
  usage(): BrokerUsage[];
};

export type KafkaClientSettings = {
  /** Id of the cluster in Millrace, for sentences and as part of the client id that brokers see. */
  name: string;
  connection: ClusterConnection;
  secrets: ClusterSecrets;
  checkAddress: CheckAddress;
  isReadOnly?: () => boolean;
};

const connectionsPerBroker = { admin: 1, browse: 2, copy: 2 } as const;

/** Makes a client. Nothing is opened before the first call. */
export function createKafkaClient(settings: KafkaClientSettings): KafkaClient {
  const clientId = `millrace-${settings.name}`.slice(0, 80);
  const context = new ClusterContext({ ...settings, clientId });
  const known = new KnownBrokers(context);
  const channels = new Set<Channel>();
  const newChannel = (purpose: keyof typeof connectionsPerBroker): Channel => {
    const channel = new Channel(context, known, connectionsPerBroker[purpose]);
    channels.add(channel);
    return channel;
  };
  const admin = newChannel('admin');
  const coordinators = new Coordinators(admin);
  const producing = new Producing(context, known);

  const routed = (channel: Channel): KafkaChannel['call'] => {
    return async (api, request, route, options = {}) => {
      if (typeof route === 'string' || 'broker' in route) return channel.call(api, request, route, options);
      const [type, key] =
        'group' in route ? (['group', route.group] as const) : (['transaction', route.transaction] as const);
      const startedAt = performance.now();
      const found = await coordinators.resolve(type, [key], options);
      const broker = found.get(key) ?? -1;
      if (broker < 0) throw new AppError('kafka.no-coordinator', { key });
      const timeoutMs = (options.timeoutMs ?? callTimeoutMs) - (performance.now() - startedAt);
      return channel.call(api, request, { broker }, { ...options, timeoutMs });
    };
  };
  const channelOf = (channel: Channel): KafkaChannel => ({
    call: routed(channel),
    fetchRaw: (broker, request, options) => fetchRaw(channel, broker, request, options),
    close: async () => {
      channels.delete(channel);
      channel.close();
    },
  });
  const assertWritable = (): void => {
    if (settings.isReadOnly?.()) throw new AppError('cluster.read-only', { cluster: settings.name });
  };

  return {
    ...channelOf(admin),
    name: settings.name,
    connect: (options = {}) => admin.learnBrokers(options, 0),
    brokers: async (options = {}) => {
      await admin.learnBrokers(options, options.maxAgeMs ?? 10_000);
      return known.all();
    },
    identity: () => ({ clusterId: known.clusterId, controllerId: known.controllerId }),
    versions: (broker, options) => admin.versions(broker === 'any' ? 'any' : { broker }, options),
    resolve: (type, keys, options) => coordinators.resolve(type, keys, options),
    forgetCoordinator: (type, key) => coordinators.forget(type, key),
    learn: (head) => known.learn(head),
    produce: (request, options) => {
      assertWritable();
      return producing.produce(request, options);
    },
    produceBatch: (request, options) => {
      assertWritable();
      return producing.produceBatch(request, options);
    },
    assertWritable,
    openChannel: (purpose) => channelOf(newChannel(purpose)),
    onEvent: (listener) => context.onEvent(listener),
    usage: () => usageOf(context, channels),
    close: async () => {
      for (const channel of channels) channel.close();
      channels.clear();
      await producing.close();
    },
  };
}

function usageOf(context: ClusterContext, channels: Iterable<Channel>): BrokerUsage[] {
  const open = [...channels].map((channel) => channel.bytesByAddress());
  return context.allPeers().map(({ usage, breaker }) => {
    const live = open.map((sums) => sums.get(usage.address));
    return {
      ...usage,
      state: breaker.state,
      requests: new Map([...usage.requests].map(([api, count]) => [api, { ...count }])),
      bytesIn: usage.bytesIn + live.reduce((sum, part) => sum + (part?.bytesIn ?? 0), 0),
      bytesOut: usage.bytesOut + live.reduce((sum, part) => sum + (part?.bytesOut ?? 0), 0),
    };
  });
}
