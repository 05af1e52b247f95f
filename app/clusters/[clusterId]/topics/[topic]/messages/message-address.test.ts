import { describe, expect, it } from 'vitest';
import {
  emptyAddress,
  isFiltered,
  messagesUrl,
  neighbours,
  viewLink,
  withoutDefaults,
  withoutFilter,
} from './message-address.ts';

const asked = {
  ...emptyAddress,
  page: 'token',
  where: 'value.a == 1',
  order: 'oldest',
  from: '-15m',
  contains: ' spaced ',
};

describe('the address of what is read', () => {
  it('leaves out what is so by default', () => {
    const address = {
      ...emptyAddress,
      order: 'newest',
      isolation: 'read_committed',
      budget: '512',
      show: 'matched',
    };
    expect(withoutDefaults(address)).toEqual(emptyAddress);
    expect(messagesUrl('c', 't', address)).toBe('/api/v1/clusters/c/topics/t/messages');
  });

  it('is one address for one view, in whatever order its parts were given', () => {
    const other = Object.fromEntries(Object.entries(asked).reverse());
    expect(messagesUrl('c', 't', withoutDefaults(other))).toBe(messagesUrl('c', 't', asked));
    expect(viewLink('c', 't', asked)).toBe(
      '/clusters/c/topics/t/messages?order=oldest&from=-15m&contains=+spaced+&where=value.a+%3D%3D+1&page=token',
    );
    expect(viewLink('c', 't', emptyAddress, true)).toBe('/clusters/c/topics/t/messages?mode=tail');
  });

  it('knows what narrows single records', () => {
    expect(isFiltered(asked)).toBe(true);
    expect(withoutFilter(asked)).toEqual({ ...emptyAddress, order: 'oldest', from: '-15m' });
    expect(isFiltered({ ...emptyAddress, from: '-15m', partitions: '1' })).toBe(false);
  });

  it('leads to what stands around a record', () => {
    expect(neighbours({ partition: 2, offset: '15' })).toMatchObject({
      order: 'oldest',
      from: 'offset:5',
      partitions: '2',
    });
    expect(neighbours({ partition: 2, offset: '3' }).from).toBe('offset:0');
  });
});
