import type { SeriesKind } from '#lib/model/series-kinds.ts';

/**
 * Which of a broker's beans say what our series say. Sources: Kafka's monitoring documentation, and the names that its beans have in
 * Kafka 2.8 to 4.3.
 */
export type KnownBean = {
  kind: SeriesKind;
  /** As in `kafka.server:type=BrokerTopicMetrics,name=BytesInPerSec`. */
  domain: string;
  type: string;
  name: string;
  /** The value of its `request` key. */
  request?: string;
  /** `meter`: counts, of which the rate is wanted. `idle`: a meter in nanoseconds, or a share already. */
  as: 'meter' | 'gauge' | 'p50' | 'p99' | 'idle';
  /** The lowest that is there wins. */
  rank: number;
};

const bean = (
  kind: SeriesKind,
  as: KnownBean['as'],
  path: string,
  rest: { request?: string; rank?: number } = {},
): KnownBean => {
  const [domain = '', type = '', name = ''] = path.split('/');
  return {
    kind,
    as,
    domain,
    type,
    name,
    rank: rest.rank ?? 0,
    ...(rest.request ? { request: rest.request } : {}),
  };
};

/** Times and counts of one kind of request. Brokers before 3.0, and some rule sets, only have one `Fetch` for both kinds. */
const requests = (
  request: string,
  kinds: { rate?: SeriesKind; p50?: SeriesKind; p99: SeriesKind },
  rank = 0,
): KnownBean[] => [
  ...(kinds.rate
    ? [
        bean(kinds.rate, 'meter', 'network/RequestMetrics/RequestsPerSec', { request, rank }),
        // A histogram counts what it has seen: the same number.
        bean(kinds.rate, 'meter', 'network/RequestMetrics/TotalTimeMs', { request, rank: rank + 1 }),
      ]
    : []),
  ...(kinds.p50 ? [bean(kinds.p50, 'p50', 'network/RequestMetrics/TotalTimeMs', { request, rank })] : []),
  bean(kinds.p99, 'p99', 'network/RequestMetrics/TotalTimeMs', { request, rank }),
];

export const knownBeans: readonly KnownBean[] = [
  bean('broker.net-in', 'meter', 'server/BrokerTopicMetrics/BytesInPerSec'),
  bean('broker.net-out', 'meter', 'server/BrokerTopicMetrics/BytesOutPerSec'),
  bean('broker.messages-in', 'meter', 'server/BrokerTopicMetrics/MessagesInPerSec'),
  ...requests('Produce', {
    rate: 'broker.produce-requests',
    p50: 'broker.produce-p50',
    p99: 'broker.produce-p99',
  }),
  ...requests('FetchConsumer', {
    rate: 'broker.fetch-requests',
    p50: 'broker.fetch-p50',
    p99: 'broker.fetch-p99',
  }),
  ...requests('FetchFollower', { rate: 'broker.follower-requests', p99: 'broker.follower-p99' }),
  bean('broker.request-queue', 'gauge', 'network/RequestChannel/RequestQueueSize'),
  bean('broker.handler-idle', 'idle', 'server/KafkaRequestHandlerPool/RequestHandlerAvgIdlePercent'),
  bean('broker.network-idle', 'gauge', 'network/SocketServer/NetworkProcessorAvgIdlePercent'),
  bean('broker.isr-shrinks', 'meter', 'server/ReplicaManager/IsrShrinksPerSec'),
  bean('broker.isr-expands', 'meter', 'server/ReplicaManager/IsrExpandsPerSec'),
  bean('broker.leader-elections', 'meter', 'controller/ControllerStats/LeaderElectionRateAndTimeMs'),
  bean('broker.unclean-elections', 'meter', 'controller/ControllerStats/UncleanLeaderElectionsPerSec'),
  bean('broker.controller-queue', 'p99', 'controller/ControllerEventManager/EventQueueTimeMs'),
];

/** Numbers of the JVM: by the name under which exporters give them, without underscores. */
export const knownJvm: readonly {
  kind: SeriesKind;
  name: string;
  as: 'counter' | 'gauge';
  label?: [string, string];
  scale: number;
  rank: number;
}[] = [
  { kind: 'broker.gc', name: 'jvmgccollectionsecondssum', as: 'counter', scale: 1, rank: 0 },
  { kind: 'broker.gc', name: 'javalanggarbagecollectorcollectiontime', as: 'counter', scale: 0.001, rank: 1 },
  {
    kind: 'broker.heap',
    name: 'jvmmemoryusedbytes',
    as: 'gauge',
    label: ['area', 'heap'],
    scale: 1,
    rank: 0,
  },
  {
    kind: 'broker.heap',
    name: 'jvmmemorybytesused',
    as: 'gauge',
    label: ['area', 'heap'],
    scale: 1,
    rank: 1,
  },
  { kind: 'broker.heap', name: 'javalangmemoryheapmemoryusageused', as: 'gauge', scale: 1, rank: 2 },
];
