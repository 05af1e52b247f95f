import type { SeriesKind } from '#lib/model/series-kinds.ts';

export type BrokerSection = { title: string; note?: string; kinds: readonly [SeriesKind, ...SeriesKind[]] };

/** Numbers of brokers in the order in which one asks: load, disk, requests, their times, waiting, replication, memory, canary. Kinds of a section come from one source. */
export const brokerSections: readonly BrokerSection[] = [
  {
    title: 'What it leads',
    note: 'to the partitions a broker leads, from the growth of their logs',
    kinds: ['broker.bytes-in', 'broker.records-in', 'broker.leaders'],
  },
  { title: 'Disk', kinds: ['broker.size', 'broker.disk-free', 'broker.disk-days'] },
  { title: 'Network', kinds: ['broker.net-in', 'broker.net-out', 'broker.messages-in'] },
  {
    title: 'Requests',
    kinds: ['broker.produce-requests', 'broker.fetch-requests', 'broker.follower-requests'],
  },
  {
    title: 'Times of requests',
    note: 'until the answer is sent',
    kinds: [
      'broker.produce-p99',
      'broker.produce-p50',
      'broker.fetch-p99',
      'broker.fetch-p50',
      'broker.follower-p99',
    ],
  },
  {
    title: 'Room to work',
    note: 'idle near 0 means that requests wait',
    kinds: ['broker.handler-idle', 'broker.network-idle', 'broker.request-queue'],
  },
  {
    title: 'Replication and control',
    kinds: [
      'broker.isr-shrinks',
      'broker.isr-expands',
      'broker.leader-elections',
      'broker.unclean-elections',
      'broker.controller-queue',
    ],
  },
  { title: 'Memory', kinds: ['broker.gc', 'broker.heap'] },
  {
    title: 'Canary',
    note: 'from produce to consume through the broker',
    kinds: ['broker.canary-p99', 'broker.canary-p50', 'broker.canary-max', 'broker.canary-availability'],
  },
];
