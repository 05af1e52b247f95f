import fc from 'fast-check';
import type { DataValue } from '#lib/serde/decode-plan.ts';

/** JSON of a value as some writer might spell it: escapes, exponents, spaces; mostly as plainly as everyone. */
export function spelledJson(value: DataValue): fc.Arbitrary<string> {
  const space = fc.constantFrom('', '', '', ' ', '\n');
  const texts = (parts: fc.Arbitrary<string>[]) => fc.tuple(...parts).map((all) => all.join(''));
  if (typeof value === 'string') return spelledText(value);
  if (typeof value === 'number' || typeof value === 'bigint') return spelledNumber(value);
  if (Array.isArray(value)) {
    const items = value.map((item, i) => texts([fc.constant(i ? ',' : ''), space, spelledJson(item)]));
    return texts([fc.constant('['), ...items, fc.constant(']')]);
  }
  if (value === null || typeof value === 'boolean' || value instanceof Uint8Array)
    return fc.constant(String(value));
  const members = Object.entries(value).map(([name, member], i) =>
    texts([
      fc.constant(i ? ',' : ''),
      space,
      spelledText(name),
      space,
      fc.constant(':'),
      spelledJson(member),
    ]),
  );
  return texts([fc.constant('{'), ...members, fc.constant('}')]);
}

function spelledText(text: string): fc.Arbitrary<string> {
  const plain = JSON.stringify(text);
  const unicode = `"${[...text].map((char) => escaped(char)).join('')}"`;
  const slashes = plain.replaceAll('/', '\\/');
  return fc.constantFrom(plain, plain, plain, unicode, slashes);
}

const escaped = (char: string): string =>
  char
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');

function spelledNumber(value: number | bigint): fc.Arbitrary<string> {
  if (typeof value === 'bigint') {
    const digits = String(value);
    const isDouble = BigInt(Number(value)) === value;
    return fc.constantFrom(
      digits,
      digits,
      ...(isDouble ? [`${digits}.0`, `${digits}e0`, Number(value).toExponential()] : []),
    );
  }
  if (!Number.isFinite(value)) return fc.constant('1e999');
  return fc.constantFrom(String(value), value.toExponential(), value.toExponential().toUpperCase());
}
