import { describe, expect, it } from 'vitest';
import { emptyAddress, type MessageAddress } from '../message-address.ts';
import { problemsOf } from './query-problems.ts';

const of = (change: Partial<MessageAddress>) => problemsOf({ ...emptyAddress, ...change }, 3);

describe('what of a query cannot be asked', () => {
  it('takes every way to say a place', () => {
    for (const from of ['', 'offset:0', '-15m', '2026-11-21T03:12:40Z', 'group:mailer', '1763694760000'])
      expect(of({ from, to: from })).toEqual({});
  });

  it('names each field that is wrong', () => {
    expect(of({ from: 'noon', to: 'offset:-1' })).toEqual({
      from: 'An offset, a moment from 1970 on, or how long ago.',
      to: 'An offset, a moment from 1970 on, or how long ago.',
    });
    expect(of({ partitions: '0-x' })).toEqual({ partitions: 'Such as 0-3, 7.' });
    expect(of({ partitions: '3' })).toEqual({ partitions: 'There are 0 to 2.' });
    expect(of({ budget: '0' }).budget).toBe('From 1 to 100,000 MB.');
    expect(of({ budget: '100000' })).toEqual({});
    expect(of({ minSize: '12 kB' }).minSize).toBe('Bytes, as a whole number.');
    expect(of({ minSize: '20', maxSize: '10' }).maxSize).toBe('The least size is larger than the largest.');
    expect(of({ where: 'é'.repeat(1025) }).where).toBe('2,050 bytes; at most 2,048 are taken.');
  });
});
