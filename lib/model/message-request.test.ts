import { describe, expect, it } from 'vitest';
import { momentOf } from './message-place.ts';
import { ListMessagesInput, seekOf } from './message-request.ts';

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
      seek: 'newest',
      partitions: null,
      isolation: 'read_committed',
      pageSize: 50,
    });
  });

  it('says which field is not right', () => {
    expect(problemsOf({ seek: 'offset' })).toEqual({ at: 'An offset is a whole number from 0.' });
    expect(problemsOf({ seek: 'offset', at: '9223372036854775808' })).toEqual({
      at: 'An offset is at most 9,223,372,036,854,775,807.',
    });
    expect(problemsOf({ seek: 'time', at: 'noon' }).at).toContain('2026-11-21T03:12:40Z');
    expect(problemsOf({ partitions: '3-1' })).toEqual({
      partitions: 'Write partitions as numbers and ranges, such as 0-3, 7.',
    });
    expect(problemsOf({ offset: '1' })).toHaveProperty(['']);
  });

  it('is carried whole by the token of a page', () => {
    expect(problemsOf({ seek: 'offset', page: 'abc' })).toEqual({});
  });

  it('reads moments with their zone, and epoch milliseconds, to the year 9999', () => {
    expect(momentOf('2026-11-21T04:12:40+01:00')).toBe(Date.parse('2026-11-21T03:12:40Z'));
    expect(momentOf('1795230760000')).toBe(1795230760000);
    expect(momentOf('2026-11-21T04:12:40')).toBeNull();
    expect(momentOf('253402300800000')).toBeNull();
    expect(seekOf({ seek: 'time', at: '5' })).toEqual({ kind: 'time', timestampMs: 5 });
  });
});
