import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { draftBytes, draftProblem, maxDraftBytes, ProduceMessageInput } from '#lib/model/message-draft.ts';
import { bytesOfDraft } from './draft-bytes.ts';

const draft = { clusterId: 'test', topic: 't' };
const problemsOf = (input: object): Record<string, string> =>
  Object.fromEntries(
    (ProduceMessageInput.safeParse({ ...draft, ...input }).error?.issues ?? []).map((issue) => [
      issue.path.join('.'),
      issue.message,
    ]),
  );

describe('text that stands for bytes', () => {
  it('gives any bytes back that were written down as base64 or digits', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.constantFrom('base64' as const, 'hex' as const), (raw, encoding) => {
        const bytes = Buffer.from(raw);
        const text = bytes.toString(encoding);
        expect(draftProblem(text, encoding)).toBeNull();
        expect(bytesOfDraft(text, encoding)?.equals(bytes)).toBe(true);
        expect(draftBytes(text, encoding)).toBe(bytes.length);
      }),
    );
  });

  it.each([
    ['ff f', 'hex', 'Not hexadecimal: two digits make a byte, and one is over.'],
    ['0xgg', 'hex', 'Not hexadecimal: "g" is no digit from 0 to f.'],
    ['ab*=', 'base64', 'Not base64: "*" does not belong to it.'],
    ['abcde', 'base64', 'Not base64: it is cut short, or = stands within it.'],
    ['{"a":\n 1,}', 'json', 'Not JSON: error at character 10, line 2.'],
  ] as const)('%j is not %s', (text, encoding, sentence) => {
    expect(draftProblem(text, encoding)).toBe(sentence);
  });

  it('takes spaces, colons and 0x in digits, and both alphabets of base64', () => {
    expect(bytesOfDraft('0xFF:fe 00', 'hex')).toEqual(Buffer.from([255, 254, 0]));
    expect(bytesOfDraft('__4A', 'base64')).toEqual(Buffer.from([255, 254, 0]));
  });
});

describe('a record to write', () => {
  it('names every field that is not right at once', () => {
    expect(
      problemsOf({
        value: '{',
        valueEncoding: 'json',
        headers: [{ name: '', value: '0', encoding: 'hex' }],
        partition: 'one',
        timestamp: '21.11.2026',
      }),
    ).toEqual({
      value: 'Not JSON: error at character 2.',
      'headers.0.name': 'A header needs a name.',
      'headers.0.value': 'Not hexadecimal: two digits make a byte, and one is over.',
      partition: 'A partition is a whole number from 0.',
      timestamp: 'Write it as 2026-11-21T03:12:40.250Z, or as epoch milliseconds.',
    });
  });

  it('is no larger than one request can be', () => {
    expect(problemsOf({ value: 'x'.repeat(maxDraftBytes) })).toEqual({});
    expect(problemsOf({ value: 'x'.repeat(maxDraftBytes), key: 'k', keyEncoding: 'text' })).toEqual({
      value: 'The record has 900,001 bytes. From here at most 900,000 can be written.',
    });
  });
});
