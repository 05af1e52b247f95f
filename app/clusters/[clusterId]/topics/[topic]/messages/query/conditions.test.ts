import { describe, expect, it } from 'vitest';
import { emptyAddress, type MessageAddress } from '../message-address.ts';
import { conditionsOf, emptyFields, withCondition, withoutCondition } from './conditions.ts';

const words = (address: MessageAddress) =>
  conditionsOf(address).map(({ lead, value }) => [lead, value].filter(Boolean).join(' '));

const added = (...given: Parameters<typeof withCondition>) => {
  const next = withCondition(...given);
  if (typeof next === 'string') throw new Error(next);
  return next;
};

describe('conditions on undecoded bytes', () => {
  const all: MessageAddress = {
    ...emptyAddress,
    contains: 'FAILED',
    keyPrefix: 'ord_',
    headers: 'traceparent\nsource=checkout-api\nnote~a=b',
    tombstones: 'none',
    minSize: '1000',
  };

  it('are told in words', () => {
    expect(words(all)).toEqual([
      'text contains FAILED',
      'key begins with ord_',
      'has header traceparent',
      'header source is checkout-api',
      'header note contains a=b',
      'no tombstones',
      'at least 1,000 B',
    ]);
  });

  it('go one by one, until nothing is left', () => {
    let address = all;
    for (let left = conditionsOf(address); left[0]; left = conditionsOf(address))
      address = withoutCondition(address, left.at(-1) ?? left[0]);
    expect(address).toEqual(emptyAddress);
    expect(withoutCondition(all, conditionsOf(all)[3]!).headers).toBe('traceparent\nnote~a=b');
  });

  it('come back as they were when they are taken up again', () => {
    for (const condition of conditionsOf(all))
      expect(
        added(all, condition.kind, condition.fields, condition.kind === 'header' ? condition.line : null),
      ).toEqual(all);
  });

  it('are added beside others', () => {
    const next = added(all, 'header', { ...emptyFields, header: ' retries ', test: 'there' });
    expect(next.headers).toBe(`${all.headers}\nretries`);
    expect(added(next, 'size', { ...emptyFields, maxSize: '12,000' })).toMatchObject({
      minSize: '',
      maxSize: '12000',
    });
  });

  it('say what is missing', () => {
    expect(withCondition(all, 'contains', emptyFields)).toBe('Give the text.');
    expect(withCondition(all, 'header', emptyFields)).toBe('Give the name of the header.');
    expect(withCondition(all, 'size', emptyFields)).toBe('Give the least size, the largest, or both.');
    expect(withCondition(all, 'size', { ...emptyFields, minSize: '9', maxSize: '3' })).toBe(
      'The least size is larger than the largest.',
    );
    const eight = { ...emptyAddress, headers: Array.from({ length: 8 }, (_, at) => `h${at}`).join('\n') };
    expect(withCondition(eight, 'header', { ...emptyFields, header: 'x' })).toBe('At most 8 headers.');
  });
});
