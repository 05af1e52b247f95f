/**
 * Every number that has a history, by kind. Charts, top lists, boards, alert rules and the export all take their kinds
 * from here. The name of a series is the object's own: empty for the cluster, a broker id, a topic, `topic/partition`
 * (a slash is in no topic name), a group id, `group\ttopic/partition`, a connector.
 */
export type SeriesSubject = 'cluster' | 'broker' | 'topic' | 'partition' | 'group' | 'member' | 'connector';
export type SeriesUnit =
  | 'records/s'
  | 'bytes/s'
  | 'requests/s'
  | '/s'
  | 'records'
  | 'bytes'
  | 'ms'
  | 'days'
  | 'share'
  | 'count'
  | 'state';

/**
 * `from`: what it is taken from. `offsets`, `logs` and `cluster` need nothing but Kafka; `endpoint` needs a metrics endpoint
 * on the brokers; `canary` and `connect` must be switched on. `isDetail`: kept once a minute, for it is many.
 */
export type SeriesFacts = {
  subject: SeriesSubject;
  title: string;
  unit: SeriesUnit;
  from: 'cluster' | 'offsets' | 'logs' | 'endpoint' | 'canary' | 'connect';
  isDetail?: true;
};

const of = (
  subject: SeriesSubject,
  title: string,
  unit: SeriesUnit,
  from: SeriesFacts['from'] = 'cluster',
  isDetail?: true,
): SeriesFacts => ({ subject, title, unit, from, ...(isDetail ? { isDetail } : {}) });

export const seriesFacts = {
  'cluster.records-in': of('cluster', 'Records in', 'records/s', 'offsets'),
  'cluster.bytes-in': of('cluster', 'Bytes in', 'bytes/s', 'offsets'),
  'cluster.records-out': of('cluster', 'Records read by groups', 'records/s', 'offsets'),
  'cluster.bytes-out': of('cluster', 'Bytes read by groups', 'bytes/s', 'offsets'),
  'cluster.offline': of('cluster', 'Offline partitions', 'count'),
  'cluster.under-min-isr': of('cluster', 'Partitions under min ISR', 'count'),
  'cluster.under-replicated': of('cluster', 'Under-replicated partitions', 'count'),
  'cluster.brokers-up': of('cluster', 'Brokers that answer', 'count'),
  'cluster.brokers-down': of('cluster', 'Brokers that are down', 'count'),
  'cluster.voters-behind': of('cluster', 'Controller voters that are down or behind', 'count'),
  /** 1 while the cluster answers, 0 while it does not. */
  'cluster.reachable': of('cluster', 'The cluster answers', 'state'),
  /** What the newest reading of the cluster took. */
  'cluster.sample-time': of('cluster', 'Time of a reading', 'ms'),
  /** How much later than planned the newest reading ended. */
  'cluster.sample-late': of('cluster', 'Lateness of the reading', 'ms'),
  /** Days until the first certificate of brokers or of Millrace's client ends. */
  'cluster.certificate-days': of('cluster', 'Days until a certificate expires', 'days'),
  'broker.up': of('broker', 'The broker answers', 'state'),
  'broker.records-in': of('broker', 'Records in', 'records/s', 'offsets'),
  'broker.bytes-in': of('broker', 'Bytes in', 'bytes/s', 'offsets'),
  'broker.leaders': of('broker', 'Partitions led', 'count'),
  'broker.size': of('broker', 'Bytes on disk', 'bytes', 'logs'),
  'broker.disk-free': of('broker', 'Free disk', 'bytes', 'logs'),
  'broker.disk-total': of('broker', 'Disk', 'bytes', 'logs'),
  'broker.disk-days': of('broker', 'Days until the disk is full', 'days', 'logs'),
  'broker.net-in': of('broker', 'Bytes in over the network', 'bytes/s', 'endpoint'),
  'broker.net-out': of('broker', 'Bytes out over the network', 'bytes/s', 'endpoint'),
  'broker.messages-in': of('broker', 'Messages in', 'records/s', 'endpoint'),
  'broker.produce-requests': of('broker', 'Produce requests', 'requests/s', 'endpoint'),
  'broker.fetch-requests': of('broker', 'Fetch requests of consumers', 'requests/s', 'endpoint'),
  'broker.follower-requests': of('broker', 'Fetch requests of followers', 'requests/s', 'endpoint'),
  'broker.produce-p50': of('broker', 'Produce time p50', 'ms', 'endpoint'),
  'broker.produce-p99': of('broker', 'Produce time p99', 'ms', 'endpoint'),
  'broker.fetch-p50': of('broker', 'Consumer fetch time p50', 'ms', 'endpoint'),
  'broker.fetch-p99': of('broker', 'Consumer fetch time p99', 'ms', 'endpoint'),
  'broker.follower-p99': of('broker', 'Follower fetch time p99', 'ms', 'endpoint'),
  'broker.request-queue': of('broker', 'Requests that wait', 'count', 'endpoint'),
  'broker.handler-idle': of('broker', 'Request handlers idle', 'share', 'endpoint'),
  'broker.network-idle': of('broker', 'Network threads idle', 'share', 'endpoint'),
  'broker.isr-shrinks': of('broker', 'ISR shrinks', '/s', 'endpoint'),
  'broker.isr-expands': of('broker', 'ISR expands', '/s', 'endpoint'),
  'broker.leader-elections': of('broker', 'Leader elections', '/s', 'endpoint'),
  'broker.unclean-elections': of('broker', 'Unclean leader elections', '/s', 'endpoint'),
  'broker.controller-queue': of('broker', 'Controller events wait, p99', 'ms', 'endpoint'),
  /** Share of time that the JVM spent collecting garbage. */
  'broker.gc': of('broker', 'Time in garbage collection', 'share', 'endpoint'),
  'broker.heap': of('broker', 'Heap in use', 'bytes', 'endpoint'),
  'broker.canary-p50': of('broker', 'Canary p50', 'ms', 'canary'),
  'broker.canary-p99': of('broker', 'Canary p99', 'ms', 'canary'),
  'broker.canary-max': of('broker', 'Canary slowest', 'ms', 'canary'),
  /** Share of the canary's records that came back in time. */
  'broker.canary-availability': of('broker', 'Canary availability', 'share', 'canary'),
  'topic.records-in': of('topic', 'Records in', 'records/s', 'offsets'),
  'topic.bytes-in': of('topic', 'Bytes in', 'bytes/s', 'offsets'),
  'topic.size': of('topic', 'Size', 'bytes', 'logs'),
  'topic.offline': of('topic', 'Offline partitions', 'count'),
  'topic.under-min-isr': of('topic', 'Partitions under min ISR', 'count'),
  'topic.under-replicated': of('topic', 'Under-replicated partitions', 'count'),
  'partition.records-in': of('partition', 'Records in', 'records/s', 'offsets', true),
  'partition.size': of('partition', 'Size', 'bytes', 'logs', true),
  'group.lag': of('group', 'Lag', 'records', 'offsets'),
  /** Age of the oldest unread record over its partitions. */
  'group.lag-time': of('group', 'Lag in time', 'ms', 'offsets'),
  'group.records-out': of('group', 'Records read', 'records/s', 'offsets'),
  'group.records-in': of('group', 'Records written to what it reads', 'records/s', 'offsets'),
  /** Shortest time until retention deletes an unread record; unknown while nothing is in danger. */
  'group.loss-clock': of('group', 'Time until unread records are deleted', 'ms', 'offsets'),
  /** Records that retention deleted before they were read. */
  'group.lost': of('group', 'Records deleted unread', 'records', 'offsets'),
  /** Index into `lagStates`: the worst of its partitions. */
  'group.state': of('group', 'State', 'state', 'offsets'),
  'group.members': of('group', 'Members', 'count'),
  /** Rebalances seen in the last ten minutes. */
  'group.rebalances': of('group', 'Rebalances in ten minutes', 'count'),
  'member.lag': of('member', 'Lag of a partition', 'records', 'offsets', true),
  'member.lag-time': of('member', 'Lag in time of a partition', 'ms', 'offsets', true),
  /** 1 running, 0.5 paused or stopped on purpose, 0 failed. */
  'connector.state': of('connector', 'Connector runs', 'state', 'connect'),
  'connector.tasks-running': of('connector', 'Tasks that run', 'count', 'connect'),
  'connector.tasks-failed': of('connector', 'Tasks that failed', 'count', 'connect'),
} as const satisfies Record<string, SeriesFacts>;

export type SeriesKind = keyof typeof seriesFacts;
export const seriesKinds = Object.keys(seriesFacts) as [SeriesKind, ...SeriesKind[]];

/** What is known of a kind. */
export const factsOfSeries = (kind: SeriesKind): SeriesFacts => seriesFacts[kind];

/** Name of a partition's series. */
export const partitionSeries = (topic: string, partition: number): string => `${topic}/${partition}`;
/** Name of the series of a group on one partition. */
export const memberSeries = (groupId: string, topic: string, partition: number): string =>
  `${groupId}\t${topic}/${partition}`;

/** How points of a series are put together where a line has fewer than there are. */
export type SeriesFold = 'mean' | 'most' | 'least';

/** Kinds of which the worst of a stretch matters, not the mean: half a broker is never down. */
const folds: Partial<Record<SeriesKind, SeriesFold>> = {
  'cluster.reachable': 'least',
  'cluster.brokers-up': 'least',
  'cluster.certificate-days': 'least',
  'broker.up': 'least',
  'broker.disk-free': 'least',
  'broker.disk-days': 'least',
  'broker.canary-p99': 'most',
  'broker.canary-max': 'most',
  'broker.produce-p99': 'most',
  'broker.fetch-p99': 'most',
  'broker.follower-p99': 'most',
  'broker.controller-queue': 'most',
  'group.state': 'most',
  'group.loss-clock': 'least',
  'connector.state': 'least',
  'connector.tasks-running': 'least',
};

/** Counts fold to the most, numbers of which the worst matters as said above, all else to the mean. */
export const foldOfSeries = (kind: string): SeriesFold =>
  folds[kind as SeriesKind] ?? (seriesFacts[kind as SeriesKind]?.unit === 'count' ? 'most' : 'mean');
