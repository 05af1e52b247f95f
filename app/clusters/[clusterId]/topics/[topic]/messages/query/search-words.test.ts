import { describe, expect, it } from 'vitest';
import { emptyAddress } from '../message-address.ts';
import { addressOf, isSameSearch, searchOf, searchWords } from './search-words.ts';

const address = {
  ...emptyAddress,
  order: 'oldest',
  from: '-24h',
  to: '-1h',
  partitions: '0-2',
  where: 'value.status == "FAILED"',
  headers: 'source=checkout',
  page: 'token',
  budget: '512',
};

describe('a saved search', () => {
  it('keeps what is not so by default, and no page', () => {
    const search = searchOf(address);
    expect(search).toEqual({
      order: 'oldest',
      from: '-24h',
      to: '-1h',
      partitions: '0-2',
      where: 'value.status == "FAILED"',
      headers: 'source=checkout',
    });
    expect(addressOf(search)).toEqual({ ...address, page: '', budget: '' });
    expect(isSameSearch(search, searchOf({ ...address, page: 'other' }))).toBe(true);
    expect(isSameSearch(search, searchOf({ ...address, to: '' }))).toBe(false);
  });

  it('is one line in words', () => {
    expect(searchWords(searchOf(address), 'UTC')).toBe(
      'value.status == "FAILED" · header source is checkout · Last 24 h · until An hour ago · partitions 0-2 · oldest first',
    );
    expect(searchWords({}, 'UTC')).toBe('newest first');
  });
});
