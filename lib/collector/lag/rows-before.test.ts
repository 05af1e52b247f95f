import { describe, expect, it } from 'vitest';
import { metadataOf } from '#lib/testing/metadata.ts';
import { topicOf } from '#lib/testing/snapshot.ts';
import { rowsBefore } from './rows-before.ts';

describe('rows of another picture', () => {
  it('are found by topic and partition; new topics, new partitions and topics made anew have none (F12)', () => {
    const before = metadataOf([
      topicOf('b', 2),
      { ...topicOf('c', 1), topicId: 'one' },
      { ...topicOf('d', 1), topicId: 'same' },
    ]);
    const now = metadataOf([
      topicOf('a', 1),
      topicOf('b', 3),
      { ...topicOf('c', 1), topicId: 'two' },
      { ...topicOf('d', 1), topicId: 'same' },
    ]);
    expect([...rowsBefore(before, now)]).toEqual([-1, 0, 1, -1, -1, 3]);
  });
});
