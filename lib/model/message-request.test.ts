import { describe, expect, it } from 'vitest';
import { momentOf } from './message-place.ts';
import { filterOf, ListMessagesInput } from './message-request.ts';

const base = { clusterId: 'test', topic: 't' };
const problemsOf = (input: object): Record<string, string> =>
  Object.fromEntries(
    (ListMessagesInput.safeParse({ ...base, ...input }).error?.issues ?? []).map((issue) => [
      issue.path.join('.'),
      issue.message,
    ]),
  );

describe('the address of a page of messages', () => {
  it('asks for the newest fifty of all partitions when it says nothing', () => {
    expect(ListMessagesInput.parse(base)).toMatchObject({
      order: 'newest',
      columns: [],
      budget: 512,
      partitions: null,
      isolation: 'read_committed',
      pageSize: 50,
    });
  });

  it('says which field is not right', () => {
    expect(problemsOf({ from: 'offset:' })).toEqual({ from: 'An offset is a whole number from 0.' });
    expect(problemsOf({ to: 'offset:9223372036854775808' })).toEqual({
      to: 'An offset is at most 9,223,372,036,854,775,807.',
    });
    expect(problemsOf({ from: 'noon' }).from).toContain('2026-11-21T03:12:40Z');
    expect(problemsOf({ columns: 'value.a,nothing' }).columns).toContain('nothing is no field');
    expect(problemsOf({ columns: Array.from({ length: 13 }, (_, i) => `value.c${i}`).join(',') })).toEqual({
      columns: 'At most 12 columns.',
    });
    expect(problemsOf({ minSize: 'x', order: 'latest', budget: '0' })).toHaveProperty('minSize');
    expect(problemsOf({ partitions: '3-1' })).toEqual({
      partitions: 'Write partitions as numbers and ranges, such as 0-3, 7.',
    });
    expect(problemsOf({ offset: '1' })).toHaveProperty(['']);
  });

  it('takes the bounds that an address writes, and none where it is empty', () => {
    for (const from of ['offset:12', '-15m', 'group:billing', '2026-11-21T03:12:40Z', '1795230760000'])
      expect(ListMessagesInput.parse({ ...base, from }).from).toBe(from);
    expect(ListMessagesInput.parse({ ...base, from: '' }).from).toBeUndefined();
  });

  it('keeps the conditions that say something', () => {
    const input = ListMessagesInput.parse({
      ...base,
      contains: 'x',
      where: '',
      minSize: '3',
      show: 'matched',
    });
    expect(filterOf(input)).toEqual({ contains: 'x', minSize: 3 });
  });

  it('reads moments with their zone, and epoch milliseconds, to the year 9999', () => {
    expect(momentOf('2026-11-21T04:12:40+01:00')).toBe(Date.parse('2026-11-21T03:12:40Z'));
    expect(momentOf('1795230760000')).toBe(1795230760000);
    expect(momentOf('2026-11-21T04:12:40')).toBeNull();
    expect(momentOf('253402300800000')).toBeNull();
  });
});
