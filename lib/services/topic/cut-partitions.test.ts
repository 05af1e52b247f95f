import { describe, expect, it } from 'vitest';
import type { OffsetColumns } from '#lib/model/columns.ts';
import { metadataOf } from '#lib/testing/metadata.ts';
import { cutPartitions, unreadBefore } from './cut-partitions.ts';

const part = (leader: number) => ({ leader, replicas: [1, 2, 3], isr: [1, 2, 3] });
const metadata = metadataOf([{ name: 't', partitions: [part(1), part(2), part(-1), part(3)] }]);
const columns = (...offsets: number[]): OffsetColumns => ({
  offsets: BigInt64Array.from(offsets.map(BigInt)),
  errors: new Int16Array(offsets.length),
});
const read = { starts: columns(10, 0, 0, -1), ends: columns(100, 0, 50, -1), found: null };

describe('cutPartitions', () => {
  it('fixes the end of now as the new start, and says of each other partition why it stays', () => {
    const cuts = cutPartitions(metadata, { kind: 'all' }, read);
    expect(cuts.map(({ before, records, reason }) => [before, records, reason])).toEqual([
      ['100', '90', null],
      [null, '0', 'It is empty.'],
      [null, '0', 'It has no leader now.'],
      [null, '0', 'Broker 3 does not answer.'],
    ]);
  });

  it('looks at one partition only for an offset, and refuses one that is not written yet', () => {
    const at = (offset: string) => cutPartitions(metadata, { kind: 'offset', partition: 0, offset }, read);
    expect(at('40')).toEqual([
      { partition: 0, startOffset: '10', endOffset: '100', before: '40', records: '30', reason: null },
    ]);
    expect(at('10')[0]?.reason).toBe('Nothing in it is older.');
    expect(at('101')[0]?.reason).toBe('It ends at 100: there is no offset 101 yet.');
  });

  it('takes all where every record is older than the time, and none where none is', () => {
    const found = columns(-1, 0, 0, 0);
    expect(cutPartitions(metadata, { kind: 'time' }, { ...read, found })[0]?.before).toBe('100');
    const first = columns(10, 0, 0, 0);
    expect(cutPartitions(metadata, { kind: 'time' }, { ...read, found: first })[0]?.reason).toBe(
      'Nothing in it is older.',
    );
  });
});

describe('unreadBefore', () => {
  it('counts from where the group stands, never before the log begins', () => {
    expect(unreadBefore(40n, 10n, 100n)).toBe(60n);
    expect(unreadBefore(0n, 10n, 100n)).toBe(90n);
    expect(unreadBefore(100n, 10n, 100n)).toBe(0n);
    expect(unreadBefore(-1n, 10n, 100n)).toBe(0n);
  });
});
