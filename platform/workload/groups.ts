import type { Kafka } from 'kafkajs';
import { hang, readAll, readSlowly } from './behaviours.ts';
import { keepDeadLetterMember } from './dead-letter-member.ts';
import { readAWhile } from './early-member.ts';
import { judgePayment, judgeShipment } from './judge.ts';
import { keepMember } from './member.ts';
import { keepNextProtocolMember } from './next-protocol-member.ts';
import { keepRewindingMember } from './rewinding-member.ts';

/** The groups of the shop by what an operator finds when looking at them. */
export const groupIds = {
  /** Two members, level with the producers. */
  healthy: 'shop-billing',
  /** Reads less than is written: its lag only grows. */
  slow: 'shop-recommendations',
  /** Its member sends heartbeats, its offsets stand. */
  stalled: 'shop-fraud-check',
  /** Has offsets and no members. */
  stopped: 'shop-legacy-export',
  /** Set back a short while ago, catching up. */
  rewound: 'shop-search-index',
  /** Speaks KIP-848. */
  nextProtocol: 'shop-dashboard',
  /** Level on a topic to which nobody writes. */
  idle: 'shop-returns-desk',
  /** Write what they cannot process to the dead-letter topics. */
  shipments: 'shop-shipping-notifier',
  payments: 'shop-ledger',
} as const;

export type GroupOptions = {
  bootstrap: readonly string[];
  /** Mean records per second of the whole workload. */
  rate: number;
  /** How long the stalled and the stopped group work before they fail. */
  goodTimeMs: number;
  firstRewindAfterMs: number;
  rewindEveryMs: number;
};

/** Shares of the mean rate: what the slow group reads of the clicks, and a reader of inventory that can catch up. */
const slowShare = 0.4;
const rewoundShare = 0.22;
/** What the rewound group goes back by at most: four minutes of inventory, which take it about eight to read. */
const rewindShare = 0.14;
const rewindSeconds = 240;

/**
 * Starts all groups; `kafkaOf` gives a client for a client id. Settles when all have left the cluster after
 * `signal` was aborted. Never rejects.
 */
export async function runGroups(
  kafkaOf: (clientId: string) => Kafka,
  options: GroupOptions,
  signal: AbortSignal,
): Promise<void> {
  const { rate, goodTimeMs } = options;
  const stalled = async () => {
    const kafka = kafkaOf(groupIds.stalled);
    await readAWhile(
      kafka,
      { groupId: groupIds.stalled, topic: 'shop.payments.v1', forMs: goodTimeMs },
      signal,
    );
    await keepMember(
      kafka,
      {
        groupId: groupIds.stalled,
        topics: ['shop.payments.v1'],
        eachBatch: hang(signal),
        consumer: { maxBytesPerPartition: 16 * 1024 },
      },
      signal,
    );
  };
  const healthy = (instance: number) =>
    keepMember(
      kafkaOf(`${groupIds.healthy}-${instance}`),
      { groupId: groupIds.healthy, topics: ['shop.orders.v1', 'shop.payments.v1'], eachBatch: readAll },
      signal,
    );

  await Promise.all([
    healthy(1),
    healthy(2),
    stalled(),
    keepMember(
      kafkaOf(groupIds.slow),
      {
        groupId: groupIds.slow,
        topics: ['shop.clicks.v1'],
        eachBatch: readSlowly(Math.max(1, rate * slowShare), signal),
        consumer: { maxBytesPerPartition: 16 * 1024 },
      },
      signal,
    ),
    readAWhile(
      kafkaOf(groupIds.stopped),
      { groupId: groupIds.stopped, topic: 'shop.orders.v1', forMs: goodTimeMs },
      signal,
    ),
    keepRewindingMember(
      kafkaOf(groupIds.rewound),
      {
        groupId: groupIds.rewound,
        topic: 'shop.inventory.v1',
        recordsPerSecond: Math.max(1, rate * rewoundShare),
        firstAfterMs: options.firstRewindAfterMs,
        everyMs: options.rewindEveryMs,
        mostRecords: rate * rewindShare * rewindSeconds,
      },
      signal,
    ),
    keepNextProtocolMember(
      options.bootstrap,
      {
        groupId: groupIds.nextProtocol,
        topics: ['shop.orders.v1', 'shop.shipments.v1'],
        clientId: groupIds.nextProtocol,
      },
      signal,
    ),
    keepMember(
      kafkaOf(groupIds.idle),
      { groupId: groupIds.idle, topics: ['shop.returns.v1'], eachBatch: readAll },
      signal,
    ),
    keepDeadLetterMember(
      kafkaOf(groupIds.shipments),
      { groupId: groupIds.shipments, topic: 'shop.shipments.v1', judge: judgeShipment },
      signal,
    ),
    keepDeadLetterMember(
      kafkaOf(groupIds.payments),
      { groupId: groupIds.payments, topic: 'shop.payments.v1', judge: judgePayment },
      signal,
    ),
  ]);
}
