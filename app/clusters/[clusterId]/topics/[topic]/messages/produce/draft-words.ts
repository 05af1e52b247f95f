import { formatBytes, formatCountOf } from '#lib/format.ts';
import { type DraftEncoding, draftBytes } from '#lib/model/message-draft.ts';
import type { HeaderRow } from '../header-rows.tsx';
import type { DraftInput, DraftValues } from './draft-values.ts';

/** How large the record is, as far as that is known before it is encoded. */
export function sizeWords(values: DraftValues, input: DraftInput, headers: readonly HeaderRow[]): string {
  const { value, unit } = formatBytes(
    draftBytes(values.value, values.valueEncoding as DraftEncoding) +
      draftBytes(input.key ?? '', input.keyEncoding ?? 'none') +
      headers.reduce(
        (sum, each) => sum + draftBytes(each.value, each.encoding) + draftBytes(each.name, 'text'),
        0,
      ),
  );
  const typed = input.valueEncoding === 'schema' || input.keyEncoding === 'schema' ? ' as typed' : '';
  const count = headers.length > 0 ? `, ${formatCountOf(headers.length, 'header', 'headers')}` : '';
  return `${value} ${unit}${typed}${count}`;
}

/** What stands where a text would, when there is none to write. */
export function noteOf(side: 'key' | 'value', encoding: string, keyEncoding: string): string | null {
  if (side === 'key') return encoding === 'empty' ? 'Zero bytes.' : null;
  if (encoding !== 'none') return null;
  const needs = keyEncoding === 'none' ? ' It needs a key for that.' : '';
  return `Null, a tombstone. On a compacted topic it removes what was written for this key before.${needs}`;
}

export function keyHelp(encoding: string, key: string, partitionCount: number): string {
  if (encoding === 'empty') return 'A key of zero bytes, which is not the same as none.';
  if (key === '') return 'Left empty: no key.';
  return partitionCount > 1 ? 'The same key goes to the same partition, as with Kafka’s own client.' : '';
}
