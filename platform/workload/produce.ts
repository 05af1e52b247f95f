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

/** Transactions are kept few: each costs the brokers markers on every partition that it touched. */
const ticksPerTransaction = 2;

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

  const orders = plain('shop-checkout');
  const payments = transactional(transactionalIds.payments);
  const inventory = transactional(transactionalIds.inventory);
  const shipments = plain('shop-shipping');
  const clicks = plain('shop-web');
  const office = plain('shop-back-office');
  const laneOf: Readonly<Record<SourceTopic, Lane>> = {
    'shop.orders.v1': orders,
    'shop.payments.v1': payments,
    'shop.inventory.v1': inventory,
    'shop.shipments.v1': shipments,
    'shop.clicks.v1': clicks,
    'shop.labels.v1': office,
    'shop.customers.v1': office,
    'shop.returns.v1': office,
  };
  const lanes = [orders, payments, inventory, shipments, clicks, office];
  const mostBacklog = Math.max(500, options.rate * mostBacklogSeconds);

  let dueMs = performance.now();
  for (let tick = 0; !signal.aborted; ) {
    if (lanes.every((lane) => lane.backlog() < mostBacklog)) {
      for (const event of shop.take(budget(tick), tick * tickMs, Date.now())) {
        const record = encodeEvent(event, ids);
        laneOf[record.topic].push(record);
      }
      for (const lane of lanes) {
        const isTransactional = lane === payments || lane === inventory;
        if (!isTransactional || tick % ticksPerTransaction === 0) lane.flush();
      }
      tick += 1;
      onSent(lanes.reduce((sum, lane) => sum + lane.sent(), 0));
    }
    dueMs = Math.max(dueMs + tickMs, performance.now() - tickMs);
    await delay(Math.max(0, dueMs - performance.now()), undefined, { signal }).catch(() => undefined);
  }
  await Promise.all(lanes.map((lane) => lane.ended));
}
