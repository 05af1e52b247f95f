import { describe, expect, it } from 'vitest';
import type { TimedEvent } from './events.ts';
import { openShop } from './shop.ts';

const startMs = 1_750_000_000_000;

function run(seed: string, ticks: number, perTick: number): TimedEvent[] {
  const shop = openShop(seed);
  return Array.from({ length: ticks }, (_, tick) =>
    shop.take(perTick, tick * 500, startMs + tick * 500),
  ).flat();
}

const orderOf = (event: TimedEvent) => ('order' in event ? event.order.orderId : null);

describe('openShop', () => {
  it('gives the same events for the same seed, others for another', () => {
    expect(run('1', 100, 40)).toEqual(run('1', 100, 40));
    expect(run('1', 100, 40)).not.toEqual(run('2', 100, 40));
  });

  it('gives exactly as many events as asked for, dated now', () => {
    const shop = openShop('1');
    expect(shop.take(0, 0, startMs)).toEqual([]);
    const events = shop.take(137, 500, startMs + 500);
    expect(events).toHaveLength(137);
    expect(new Set(events.map((event) => event.atMs))).toEqual(new Set([startMs + 500]));
  });

  it('keeps the events of an order together and in order', () => {
    const events = run('1', 400, 150);
    const placed = events.find((event) => event.kind === 'order' && event.state === 'PLACED')!;
    const life = events.filter((event) => orderOf(event) === orderOf(placed));
    const kinds = life.map((event) => ('state' in event ? `${event.kind} ${event.state}` : event.kind));
    expect(kinds.find((kind) => kind !== 'customer')).toBe('order PLACED');
    expect(kinds).toContain('payment CAPTURED');
    expect(kinds.indexOf('payment AUTHORISED')).toBeLessThan(kinds.indexOf('payment CAPTURED'));
    expect(kinds.at(-1)).toMatch(/COMPLETED|RELEASED/);
  });

  it('makes every kind, with about half of the events browsing', () => {
    const counts = new Map<string, number>();
    const events = run('1', 1_000, 150);
    for (const event of events) counts.set(event.kind, (counts.get(event.kind) ?? 0) + 1);
    const kinds = [
      'click',
      'customer',
      'inventory',
      'label',
      'order',
      'payment',
      'return',
      'scan',
      'shipment',
    ];
    expect([...counts.keys()].sort()).toEqual(kinds);
    const share = counts.get('click')! / events.length;
    expect(share).toBeGreaterThan(0.4);
    expect(share).toBeLessThan(0.7);
  });

  it('has some orders that cannot be shipped or paid, and some broken records', () => {
    const events = run('1', 1_000, 150);
    const shipments = events.filter((event) => event.kind === 'shipment');
    const bad = shipments.filter(({ order }) => !/^[A-Z]?\d+$/.test(order.customer.postalCode));
    expect(bad.length / shipments.length).toBeGreaterThan(0.005);
    expect(bad.length / shipments.length).toBeLessThan(0.05);
    expect(shipments.some((shipment) => shipment.isTruncated)).toBe(true);
    expect(events.some((event) => event.kind === 'payment' && event.order.currency === 'XBT')).toBe(true);
  });

  it('carries numbers that a double cannot hold', () => {
    const sequences = run('1', 100, 40).flatMap((event) => ('order' in event ? [event.order.sequence] : []));
    expect(sequences.length).toBeGreaterThan(0);
    expect(sequences.every((n) => n > BigInt(Number.MAX_SAFE_INTEGER))).toBe(true);
    expect(new Set(sequences.map(Number)).size).toBeLessThan(new Set(sequences).size);
  });

  it('does not let its backlog grow: due events of orders are given out in time', () => {
    const shop = openShop('1');
    const seen: number[] = [];
    for (let tick = 0; tick < 2_000; tick += 1) {
      const events = shop.take(150, tick * 500, startMs + tick * 500);
      seen.push(events.filter((event) => event.kind === 'click' && event.orderId === null).length);
    }
    expect(Math.min(...seen.slice(200))).toBeGreaterThan(30);
  });
});
