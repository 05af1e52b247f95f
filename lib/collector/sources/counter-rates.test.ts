import { describe, expect, it } from 'vitest';
import type { Reading } from '#lib/gateways/prometheus/recognise.ts';
import { CounterRates } from './counter-rates.ts';

const count = (value: number, rank = 0): Reading[] => [
  { kind: 'broker.net-in', rank, how: 'counter', value, scale: 1 },
];

describe('rates of counts', () => {
  it('are known from the second reading on', () => {
    const rates = new CounterRates();
    expect(rates.take(count(1_000), 5_000)).toEqual([]);
    expect(rates.take(count(3_000), 15_000)).toEqual([{ kind: 'broker.net-in', value: 200 }]);
  });

  it('leave out a broker that began anew, and go on after it', () => {
    const rates = new CounterRates();
    rates.take(count(1_000), 0);
    expect(rates.take(count(10), 1_000)).toEqual([]);
    expect(rates.take(count(20), 2_000)).toEqual([{ kind: 'broker.net-in', value: 10 }]);
  });

  it('do not mix two ways of counting', () => {
    const rates = new CounterRates();
    rates.take(count(1_000, 0), 0);
    expect(rates.take(count(5_000, 10), 1_000)).toEqual([]);
  });

  it('are never a share above one', () => {
    const rates = new CounterRates();
    const gc = (value: number): Reading[] => [
      { kind: 'broker.gc', rank: 0, how: 'counter', value, scale: 1 },
    ];
    rates.take(gc(0), 0);
    expect(rates.take(gc(2), 1_000)).toEqual([{ kind: 'broker.gc', value: 1 }]);
  });

  it('pass on what is a number already', () => {
    expect(
      new CounterRates().take([{ kind: 'broker.heap', rank: 0, how: 'gauge', value: 7, scale: 1 }], 0),
    ).toEqual([{ kind: 'broker.heap', value: 7 }]);
  });
});
