import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '#lib/errors/app-error.ts';
import type { KafkaClient } from '#lib/gateways/kafka/client.ts';
import { sourceHealth } from '../sources/source-health.ts';
import { Canary } from './canary.ts';
import { repairCanaryTopic } from './canary-repair.ts';
import { type CanaryTopic, readyCanaryTopic } from './canary-topic.ts';

vi.mock('./canary-topic.ts', { spy: true });
vi.mock('./canary-repair.ts', { spy: true });
const look = vi.mocked(readyCanaryTopic);
const repair = vi.mocked(repairCanaryTopic);
const { signal } = new AbortController();
const client = { assertWritable: () => {}, openChannel: () => ({}) } as unknown as KafkaClient;

/** Broker 1 leads none of its own, broker 2 has no partition. */
const broken: CanaryTopic = {
  topicId: 'id',
  alive: [1, 2],
  count: 1,
  places: new Map(),
  displaced: [{ broker: 1, partition: 0 }],
  missing: [[2, 1]],
};
const denied = new AppError('kafka.denied', { operation: 'add partitions' });
const early = new AppError('kafka.rejected', { error: 'PREFERRED_LEADER_NOT_AVAILABLE' });

let canary: Canary;
beforeEach(() => {
  vi.useFakeTimers();
  canary = new Canary('shop', { topic: 'canary', everyMs: 500 }, client, () => true);
  look.mockReset().mockResolvedValue(broken);
  repair.mockReset();
});
afterEach(() => vi.useRealTimers());

/** Turns for so many seconds, as its loop does. */
async function turnFor(seconds: number): Promise<void> {
  for (let i = 0; i < seconds * 2; i++) {
    await canary.turn(signal);
    await vi.advanceTimersByTimeAsync(500);
  }
}

const tried = (broker: number): number =>
  repair.mock.calls.filter(
    ([, , { missing, displaced }]) =>
      missing.some(([first]) => first === broker) || displaced.some((one) => one.broker === broker),
  ).length;

describe('brokers that lead no partition', () => {
  it('are looked at soon only after what worked, and what was refused waits a minute', async () => {
    repair.mockImplementation(async (_client, _topic, { missing, displaced }) => [
      ...missing.map(() => ({ broker: 2, error: denied })),
      ...displaced.map(() => ({ broker: 1, error: early })),
    ]);
    await turnFor(60);
    // Once each ten seconds for the one that cannot lead yet.
    expect(look).toHaveBeenCalledTimes(6);
    expect([tried(1), tried(2)]).toEqual([6, 1]);
    expect(sourceHealth('shop', 'canary').get('2')?.problem?.what).toMatch('no right to add partitions');
    repair.mockResolvedValue([{ broker: 1, error: null }]);
    look.mockClear();
    await turnFor(20);
    expect(look).toHaveBeenCalledTimes(10);
    expect(tried(2)).toBeGreaterThan(1);
  });
});

describe('a canary that is refused', () => {
  it('says why, and asks again after a minute', async () => {
    look.mockRejectedValue(new AppError('canary.foreign-topic', { topic: 'shop.orders' }));
    await turnFor(60);
    expect(look).toHaveBeenCalledTimes(1);
    expect(repair).not.toHaveBeenCalled();
    expect(sourceHealth('shop', 'canary').get('')?.problem?.what).toBe(
      'The topic shop.orders was not made for a canary, so nothing is written to it.',
    );
    await turnFor(1);
    expect(look).toHaveBeenCalledTimes(2);
  });
});
