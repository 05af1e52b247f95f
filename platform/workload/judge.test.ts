import { describe, expect, it } from 'vitest';
import { encodeEvent } from './encode.ts';
import type { TimedEvent } from './events.ts';
import { judgePayment, judgeShipment } from './judge.ts';
import { openShop } from './shop.ts';

const ids = { orderV1: 1, orderV2: 2, payment: 3, shipment: 4 };
const shop = openShop('judge');
const events = Array.from({ length: 600 }, (_, tick) => shop.take(150, tick * 500, 1_750_000_000_000)).flat();

const judged = (judge: typeof judgePayment, kinds: readonly TimedEvent['kind'][]) =>
  events
    .filter((event) => kinds.includes(event.kind))
    .map((event) => ({ event, failure: judge({ value: encodeEvent(event, ids).value, offset: '7' }) }));

describe('judgeShipment', () => {
  const all = judged(judgeShipment, ['shipment', 'scan']);

  it('accepts most, and every scan', () => {
    expect(all.filter(({ failure }) => failure === null).length / all.length).toBeGreaterThan(0.95);
    expect(all.some(({ event, failure }) => event.kind === 'scan' && failure)).toBe(false);
  });

  it('tells a missing postal code, a wrong one and broken bytes apart', () => {
    const exceptions = new Set(all.flatMap(({ failure }) => failure?.exception ?? []));
    expect([...exceptions].sort()).toEqual([
      'com.shop.shipping.AddressInvalidException',
      'java.lang.NullPointerException',
      'org.apache.kafka.common.errors.SerializationException',
    ]);
    for (const { event, failure } of all) {
      if (event.kind === 'shipment' && event.isTruncated)
        expect(failure?.exception).toContain('SerializationException');
    }
  });

  it('ignores tombstones', () => {
    expect(judgeShipment({ value: null, offset: '0' })).toBeNull();
  });
});

describe('judgePayment', () => {
  it('refuses exactly the currencies without an account, and names the order', () => {
    const all = judged(judgePayment, ['payment']);
    for (const { event, failure } of all) {
      if (event.kind !== 'payment') continue;
      expect(failure !== null).toBe(event.order.currency === 'XBT');
      if (failure) expect(failure.message).toContain(event.order.orderId);
    }
    expect(all.some(({ failure }) => failure)).toBe(true);
  });
});
