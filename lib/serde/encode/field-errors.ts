import { type JsonNode, nodeWords } from '#lib/model/json-tree.ts';
import type { FieldError } from '#lib/model/message-draft.ts';

/** More are not listed: a list of the wrong type would fill the page. */
const most = 20;

/** What is wrong with a value, by the path of the field, while it is walked. */
export class FieldErrors {
  readonly list: FieldError[] = [];
  count = 0;

  add(path: string, node: { start: number; end: number }, message: string): void {
    this.count += 1;
    if (this.list.length < most) this.list.push({ path, message, from: node.start, to: node.end });
  }

  /** `a whole number is needed, this is text`. */
  needs(path: string, node: JsonNode, what: string): void {
    this.add(path, node, `${what} is needed, this is ${nodeWords(node)}`);
  }
}

const wholeText = /^[+-]?\d+(?:\.0+)?$/;

/**
 * A whole number, exactly. Accepts a JSON number or text of digits, because many programs write 64-bit numbers as text; null with the
 * error noted when it is none or outside the range.
 */
export function wholeNumber(
  node: JsonNode,
  path: string,
  range: { bits: 32 | 64; isUnsigned?: boolean; name: string; isTextAllowed?: boolean },
  errors: FieldErrors,
): bigint | null {
  const text =
    node.kind === 'number'
      ? plainDigits(node.text)
      : node.kind === 'string' && range.isTextAllowed && wholeText.test(node.value)
        ? node.value
        : null;
  if (text === null || !wholeText.test(text)) {
    errors.needs(path, node, 'a whole number');
    return null;
  }
  const value = BigInt(text.replace(/\.0+$/, '').replace(/^\+/, ''));
  const low = range.isUnsigned ? 0n : -(1n << BigInt(range.bits - 1));
  const high = range.isUnsigned ? (1n << BigInt(range.bits)) - 1n : (1n << BigInt(range.bits - 1)) - 1n;
  if (value < low || value > high) {
    errors.add(
      path,
      node,
      `${range.name} goes from ${low.toLocaleString('en-US')} to ${high.toLocaleString('en-US')}, this is ${shortened(text)}`,
    );
    return null;
  }
  return value;
}

const shortened = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

/** `1e3` as `1000`, where that is a whole number of no more digits than 64 bits hold; otherwise the text as it is. */
function plainDigits(text: string): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?[eE]([+-]?\d+)$/.exec(text);
  if (!match) return text;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const shift = Number(exponent);
  const digits = fraction.replace(/0+$/, '');
  if (shift < digits.length || shift > 30) return text;
  return `${sign}${whole}${digits}${'0'.repeat(shift - digits.length)}`.replace(/^(-?)0+(?=\d)/, '$1');
}

/** A floating number; `NaN`, `Infinity` and `-Infinity` as text. Null with the error noted when it is none. */
export function floatingNumber(
  node: JsonNode,
  path: string,
  errors: FieldErrors,
  isSingle = false,
): number | null {
  if (node.kind === 'string' && ['NaN', 'Infinity', '-Infinity'].includes(node.value))
    return Number(node.value);
  if (node.kind !== 'number') {
    errors.needs(path, node, 'a number');
    return null;
  }
  const value = Number(node.text);
  const fits = isSingle ? Number.isFinite(Math.fround(value)) : Number.isFinite(value);
  if (fits) return value;
  errors.add(path, node, `${shortened(node.text)} is beyond what a ${isSingle ? 'float' : 'double'} holds`);
  return null;
}
