import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SerdeContext } from './serde.ts';
import { showField } from './show-field.ts';

type Plain = SerdeContext & { plan?: undefined };
const detail: Plain = { side: 'value', isPreview: false, limitBytes: 1024 * 1024 };
const preview: Plain = { side: 'value', isPreview: true, limitBytes: 20 * 1024 };
const show = (bytes: Buffer | string, context = detail) => showField(Buffer.from(bytes), context);

/** The bytes that a field claims to show. */
function bytesOf(field: ReturnType<typeof show>): Buffer {
  if (field.base64 !== null) return Buffer.from(field.base64, 'base64');
  const isHex = field.serde === 'hex' || field.serde === 'registry';
  return isHex ? Buffer.from(field.text.replaceAll(' ', ''), 'hex') : Buffer.from(field.text, 'utf8');
}

describe('any bytes', () => {
  it('are shown by some serde, with a reason, and can be had back exactly', () => {
    const anything = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.string({ unit: 'binary', maxLength: 100 }).map((text) => new Uint8Array(Buffer.from(text))),
      fc.json().map((text) => new Uint8Array(Buffer.from(text))),
    );
    fc.assert(
      fc.property(
        anything,
        fc.constantFrom(detail, preview, { ...detail, limitBytes: 10 }),
        (raw, context) => {
          const bytes = Buffer.from(raw);
          const field = showField(bytes, context);
          expect(field.reason).toMatch(/\.$/);
          expect(field.sizeBytes).toBe(bytes.length);
          expect(field.shownBytes).toBeLessThanOrEqual(Math.max(bytes.length, context.limitBytes));
          expect(bytesOf(field).equals(bytes.subarray(0, field.shownBytes))).toBe(true);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

describe('JSON', () => {
  it('keeps every digit, duplicate keys and prototype keys (P8, P9)', () => {
    const text = '{"__proto__":{"admin":true},"id":9007199254740993,"big":1e400,"zero":-0,"a":1,"a":2}';
    expect(show(text)).toMatchObject({ serde: 'json', text, base64: null, reason: 'Valid JSON object.' });
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  it('nested 100,000 deep is shown as text with the reason (P7)', () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    const field = show(deep);
    expect(field.serde).toBe('text');
    expect(field.reason).toContain('deeper than 200');
    expect(show('['.repeat(200) + ']'.repeat(200)).serde).toBe('json');
  });

  it('with a million keys is not parsed (P6)', () => {
    const wide = `{${Array.from({ length: 1_000_000 }, (_, i) => `"k${i}":${i}`).join(',')}}`;
    const field = show(wide, preview);
    expect(field).toMatchObject({ serde: 'text', shownBytes: 20_480 });
    expect(field.reason).toContain('not checked');
  });

  it('that is not JSON says where', () => {
    expect(show('{"a": NaN}').reason).toBe('Looks like JSON, but is not: error at character 7. Valid UTF-8.');
  });
});

describe('text', () => {
  it('writes out what cannot be seen or reorders the line (P5)', () => {
    const field = show('a\u001b[31mred\u202egnp.exe\u200b\u0085\ufeff');
    expect(field.text).toBe('a␛[31mred⟨U+202E⟩gnp.exe⟨U+200B⟩⟨U+0085⟩⟨U+FEFF⟩');
    expect(Buffer.from(field.base64 ?? '', 'base64').toString()).toContain('\u202e');
  });

  it('leaves markup as the text it is (P10), and line ends, tabs and emoji', () => {
    const text = '<script>alert(1)</script>\n\t[x](javascript:1) 👩‍👩‍👧';
    expect(show(text)).toMatchObject({ serde: 'text', text, base64: null });
  });

  it('is cut at a whole character', () => {
    const field = showField(Buffer.from('ä'.repeat(20)), { ...detail, limitBytes: 11 });
    expect(field).toMatchObject({ text: 'äääää', shownBytes: 10, sizeBytes: 40 });
    const grapheme = show(`e${'\u0301'.repeat(500_000)}`, preview);
    expect(grapheme.shownBytes).toBeLessThanOrEqual(20_480);
  });

  it('is not taken for text with NUL or invalid UTF-8 in it (P5)', () => {
    expect(show(Buffer.from([0x61, 0x00, 0x62]))).toMatchObject({ serde: 'hex', text: '61 00 62' });
    expect(show(Buffer.from([0xff, 0xfe])).reason).toBe('Not valid UTF-8. Shown byte by byte.');
    expect(show(Buffer.from([0xed, 0xa0, 0x80])).serde).toBe('hex');
  });
});

describe('marks stacked on one letter (P5)', () => {
  it('are counted from the 25th on, and the bytes are kept', () => {
    const field = show(`e${'\u0301'.repeat(200_000)}!`);
    expect(field.text).toBe(`e${'\u0301'.repeat(24)}⟨199,976 more marks⟩!`);
    expect(bytesOf(field).length).toBe(400_002);
    expect(show('e\u0301\u0308').base64).toBeNull();
  });
});

describe('registry prefix (P3)', () => {
  it('is recognised and shown as bytes with the id', () => {
    const avro = Buffer.from([0, 0, 0, 0x30, 0x39, 2, 0x61]);
    expect(show(avro)).toMatchObject({
      serde: 'registry',
      schema: { id: '12345' },
      text: '00 00 00 30 39 02 61',
    });
    const guid = Buffer.from('01f81d4fae7dec41d0a76500a0c91e6bf605', 'hex');
    expect(show(guid)).toMatchObject({ schema: { id: 'f81d4fae-7dec-41d0-a765-00a0c91e6bf6' } });
  });

  it.each([
    ['an id of all ones', [0, 0xff, 0xff, 0xff, 0xff, 1]],
    ['an id of zero', [0, 0, 0, 0, 0, 1]],
    ['three bytes', [0, 0, 1]],
    ['a 64-bit number', [0, 0, 1, 0x8b, 0xcf, 0xe5, 0x68, 0]],
    ['magic 1 without a GUID', [1, ...Array.from({ length: 20 }, () => 0xff)]],
  ])('is not seen in %s', (_, bytes) => {
    expect(show(Buffer.from(bytes))).toMatchObject({ serde: 'hex', schema: null });
  });
});
