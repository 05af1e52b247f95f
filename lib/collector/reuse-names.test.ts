import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metadataOf } from '#lib/testing/metadata.ts';
import { topicOf } from '#lib/testing/snapshot.ts';
import { reuseNames, topicOfPartition, topicRow } from './reuse-names.ts';

const names = fc.uniqueArray(fc.stringMatching(/^[a-zA-Z0-9._-]{1,12}$/), { minLength: 1, maxLength: 60 });

describe('rows by name', () => {
  it('finds every topic and no other, also a.b beside a_b (F15)', () => {
    fc.assert(
      fc.property(names, (list) => {
        const metadata = metadataOf(
          [...list, 'a.b', 'a_b']
            .filter((name, i, all) => all.indexOf(name) === i)
            .map((name) => topicOf(name, 1)),
        );
        for (const [row, name] of metadata.names.entries()) expect(topicRow(metadata, name)).toBe(row);
        expect(topicRow(metadata, 'not there')).toBe(-1);
      }),
    );
  });

  it('knows the topic of every partition row', () => {
    const metadata = metadataOf([topicOf('a', 3), topicOf('b', 1), topicOf('c', 5)]);
    const owners = Array.from({ length: 9 }, (_, p) => metadata.names[topicOfPartition(metadata, p)]);
    expect(owners.join('')).toBe('aaabccccc');
  });
});

describe('reuseNames', () => {
  it('keeps the arrays of names while rows mean the same', () => {
    const before = metadataOf([topicOf('a', 2)]);
    expect(reuseNames(before, metadataOf([topicOf('a', 2)])).names).toBe(before.names);
  });

  it('takes the new ones when a topic was recreated or grew', () => {
    const before = metadataOf([{ ...topicOf('a', 2), topicId: 'old' }]);
    expect(reuseNames(before, metadataOf([{ ...topicOf('a', 2), topicId: 'new' }])).names).not.toBe(
      before.names,
    );
    expect(reuseNames(before, metadataOf([{ ...topicOf('a', 3), topicId: 'old' }])).names).not.toBe(
      before.names,
    );
  });
});
