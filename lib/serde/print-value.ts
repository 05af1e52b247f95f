import type { DataValue } from './decode-plan.ts';

export interface Printed {
  text: string;
  /** Whether some of it was left out because it became too long. */
  isCut: boolean;
}

/**
 * A decoded value as JSON: integers with every digit, bytes as base64, numbers that JSON has no word for as text. It ends soon
 * after `maxChars`, so that a large value costs no more than what is shown of it.
 */
export function printValue(value: DataValue, maxChars: number): Printed {
  const parts: string[] = [];
  let length = 0;
  const put = (text: string) => {
    parts.push(text);
    length += text.length;
  };
  const print = (one: DataValue): void => {
    if (length > maxChars) return;
    if (Array.isArray(one)) {
      put('[');
      for (let i = 0; i < one.length && length <= maxChars; i++) {
        if (i > 0) put(',');
        print(one[i] as DataValue);
      }
      put(']');
    } else if (typeof one === 'object' && one !== null && !(one instanceof Uint8Array)) {
      put('{');
      let isFirst = true;
      for (const key of Object.keys(one)) {
        if (length > maxChars) break;
        put(isFirst ? `${JSON.stringify(key)}:` : `,${JSON.stringify(key)}:`);
        isFirst = false;
        print(one[key] as DataValue);
      }
      put('}');
    } else put(scalar(one));
  };
  print(value);
  const text = parts.join('');
  return length > maxChars ? { text: text.slice(0, maxChars), isCut: true } : { text, isCut: false };
}

function scalar(value: null | boolean | number | bigint | string | Uint8Array): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return Object.is(value, -0) ? '-0' : String(value);
    return `"${value}"`;
  }
  if (value instanceof Uint8Array) {
    return `"${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64')}"`;
  }
  return String(value);
}
