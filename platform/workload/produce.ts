import { setTimeout as delay } from 'node:timers/promises';
import type { Kafka } from 'kafkajs';
import { encodeEvent } from './encode.ts';
import { type Lane, plainLane, transactionalLane } from './lanes.ts';
import { seededRandom } from './random.ts';
import type { SchemaIds } from './registry.ts';
import { openShop } from './shop.ts';
import type { SourceTopic } from './topics.ts';
import { tickBudget } from './waves.ts';

export const tickMs = 500;

/**
 * How often each lane sends: every so many ticks, and at which of them, so that not all send at once.
 * Transactions are kept few: each costs the brokers markers on every partition that it touched.
 */
const turns = {
  clicks: { every: 1, at: 0 },
  orders: { every: 2, at: 0 },
  shipments: { every: 2, at: 1 },
  office: { every: 2, at: 1 },
  payments: { every: 4, at: 2 },
  inventory: { every: 4, at: 0 },
} as const;

const laneOf: Readonly<Record<SourceTopic, keyof typeof turns>> = {
  'shop.orders.v1': 'orders',
  'shop.payments.v1': 'payments',
  'shop.inventory.v1': 'inventory',
  'shop.shipments.v1': 'shipments',
  'shop.clicks.v1': 'clicks',
  'shop.labels.v1': 'office',
  'shop.customers.v1': 'office',
  'shop.returns.v1': 'office',
};

/** With this many seconds of records waiting somewhere the shop stands still until the brokers have caught up. */
const mostBacklogSeconds = 8;

/** Share of transactions that are given up after their records were written. */
const abortShare = 0.08;

const transactionalIds = { payments: 'shop-payments-1', inventory: 'shop-inventory-1' } as const;

export type ProduceOptions = { rate: number; seed: string };

/**
 * Writes the shop's events at `rate` records a second on average, in waves, until `signal` is aborted.
 * `kafkaOf` gives a client for a client id. Reports how many records the brokers have acknowledged by
 * `onSent`. Never rejects.
 */
export async function produceShop(
  kafkaOf: (clientId: string) => Kafka,
  ids: SchemaIds,
  options: ProduceOptions,
  signal: AbortSignal,
  onSent: (total: number) => void = () => undefined,
): Promise<void> {
  const shop = openShop(options.seed);
  const budget = tickBudget(options.rate, tickMs);
  const plain = (name: string) => plainLane(kafkaOf(name), name, signal);
  const transactional = (id: string) =>
    transactionalLane(kafkaOf(id), id, { abortShare, random: seededRandom(`${options.seed}/${id}`) }, signal);

  const lanes: Readonly<Record<keyof typeof turns, Lane>> = {
    clicks: plain('shop-web'),
    orders: plain('shop-checkout'),
    shipments: plain('shop-shipping'),
    office: plain('shop-back-office'),
    payments: transactional(transactionalIds.payments),
    inventory: transactional(transactionalIds.inventory),
  };
  const every = Object.values(lanes);
  const mostBacklog = Math.max(500, options.rate * mostBacklogSeconds);

  let dueMs = performance.now();
  for (let tick = 0; !signal.aborted; ) {
    if (every.every((lane) => lane.backlog() < mostBacklog)) {
      for (const event of shop.take(budget(tick), tick * tickMs, Date.now())) {
        const record = encodeEvent(event, ids);
        lanes[laneOf[record.topic]].push(record);
      }
      for (const [name, turn] of Object.entries(turns)) {
        if (tick % turn.every === turn.at) lanes[name as keyof typeof turns].flush();
      }
      tick += 1;
      onSent(every.reduce((sum, lane) => sum + lane.sent(), 0));
    }
    dueMs = Math.max(dueMs + tickMs, performance.now() - tickMs);
    await delay(Math.max(0, dueMs - performance.now()), undefined, { signal }).catch(() => undefined);
  }
  await Promise.all(every.map((lane) => lane.ended));
}
