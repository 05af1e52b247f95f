import { describe, expect, it } from 'vitest';
import { decodeWords } from './decode-words.ts';

const none = { key: '', value: '' };

describe('how a view is decoded, in words', () => {
  it.each([
    [none, null, 'Found by itself'],
    [{ key: '', value: 'hex' }, null, 'Hex'],
    [{ key: 'int64', value: 'schema:12:shop.Scan' }, null, 'Schema 12:shop.Scan, key: 64-bit integer'],
    [none, { key: '', value: 'json' }, 'JSON'],
    [{ key: '', value: 'hex' }, { key: 'uuid', value: 'json' }, 'Hex, key: UUID'],
    [{ key: '', value: 'auto' }, { key: '', value: 'json' }, 'Found by itself'],
  ])('%j over %j is %s', (view, topic, words) => {
    expect(decodeWords(view, topic)).toBe(words);
  });
});
