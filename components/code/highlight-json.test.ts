import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hexLines } from './hex-lines.ts';
import { highlightJson } from './highlight-json.ts';

describe('colours of JSON', () => {
  it('tells keys from strings and keeps every digit', () => {
    const pieces = highlightJson('{"id": 9007199254740993, "ok": true, "s": "a\\"b", "a": [-1.50e+3, null]}');
    const of = (kind: string) => pieces.filter((piece) => piece.kind === kind).map((piece) => piece.text);
    expect(of('k')).toEqual(['"id"', '"ok"', '"s"', '"a"']);
    expect(of('s')).toEqual(['"a\\"b"']);
    expect(of('n')).toEqual(['9007199254740993', '-1.50e+3']);
    expect(of('w')).toEqual(['true', 'null']);
  });
  it('loses nothing, whatever the text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(
          highlightJson(text)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(text);
      }),
    );
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        expect(
          highlightJson(text)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });
});

describe('bytes', () => {
  it('stand sixteen in a line with place and text', () => {
    const bytes = new Uint8Array([...Array(17).keys()].map((i) => i + 0x41));
    expect(hexLines(bytes)).toEqual([
      { at: '00000000', hex: '41 42 43 44 45 46 47 48  49 4a 4b 4c 4d 4e 4f 50', text: 'ABCDEFGHIJKLMNOP' },
      { at: '00000010', hex: '51', text: 'Q' },
    ]);
    expect(hexLines(new Uint8Array([0, 0x7f, 0xff]))[0]?.text).toBe('···');
  });
});
