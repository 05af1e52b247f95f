import type { MessageField } from '#lib/model/message.ts';
import { type MaskFact, maskHeader, maskJsonText, maskOpaque, masksOf, maskValue } from './masks.ts';
import { printValue } from './print-value.ts';
import type { Body, SerdeContext } from './serde.ts';
import { type Needs, readField } from './show-field.ts';

/** A field as a file holds it: nothing is cut and nothing is made visible. */
export interface ExportedField {
  serde: string;
  schemaId: string | null;
  /** `json` can stand within JSON as it is; `text` is text; `bytes` has no text. */
  kind: 'json' | 'text' | 'bytes';
  text: string;
  /** Whether the bytes of the text are those of the field. */
  isFaithful: boolean;
  maskedBy: readonly string[];
}

/** Reads a field for a file, as its reader may see it. Never throws. */
export function exportField(bytes: Buffer, context: SerdeContext): ExportedField | Needs {
  const reading = readField(bytes, context);
  if ('needs' in reading) return reading;
  const schema: MessageField['schema'] = reading.schema ?? null;
  const found = { serde: reading.serde, schemaId: schema?.id ?? null };
  const masks = context.plan ? masksOf(context.plan) : null;
  return { ...found, ...((masks && hidden(reading.body, context, masks)) ?? plain(reading.body, bytes)) };
}

type Text = Pick<ExportedField, 'kind' | 'text' | 'isFaithful' | 'maskedBy'>;

function plain(body: Body, bytes: Buffer): Text {
  const maskedBy: string[] = [];
  if (body.as === 'value') return { kind: 'json', text: whole(body.value), isFaithful: false, maskedBy };
  const isSame = body.bytes === bytes;
  if (body.as === 'hex' || body.as === 'base64')
    return { kind: 'bytes', text: '', isFaithful: false, maskedBy };
  if (body.as === 'text')
    return {
      ...{ kind: 'text', text: body.text ?? body.bytes.toString('utf8'), maskedBy },
      isFaithful: isSame && body.text === undefined,
    };
  return { kind: 'json', text: body.bytes.toString('utf8'), isFaithful: isSame, maskedBy };
}

const whole = (value: Parameters<typeof printValue>[0]): string =>
  printValue(value, Number.POSITIVE_INFINITY).text;

/** What stands in place of a field that is hidden, some or all of it; null where nothing of it is. */
function hidden(body: Body, { side }: SerdeContext, masks: MaskFact): Text | null {
  const text = (kind: Text['kind'], shown: string, maskedBy: string[]): Text | null =>
    maskedBy.length > 0 ? { kind, text: shown, isFaithful: false, maskedBy } : null;
  if (body.as === 'value') {
    const { value, maskedBy } = maskValue(body.value, side, masks);
    return text('json', whole(value), maskedBy);
  }
  if (body.as === 'json') {
    const masked = maskJsonText(body.bytes.toString('utf8'), side, masks);
    if (masked) return text('json', masked.text, masked.maskedBy);
  }
  const opaque = maskOpaque(
    body.as === 'text' && body.text !== undefined ? body.text : body.bytes,
    side,
    masks,
  );
  return opaque && text('text', opaque.value, opaque.maskedBy);
}

/** A header's value for a file; null is a null value. */
export function exportHeader(
  name: string,
  value: Buffer | null,
  masks: MaskFact | null,
): { text: string; isFaithful: boolean; maskedBy: readonly string[] } | null {
  const text = value === null ? null : value.toString('utf8');
  const isText = text === null || !text.includes('\ufffd') || Buffer.from(text).equals(value as Buffer);
  const seen = maskHeader(name, isText ? text : value, masks);
  if (seen.maskedBy.length > 0)
    return { text: String(seen.value), isFaithful: false, maskedBy: seen.maskedBy };
  return text === null ? null : { text: isText ? text : '', isFaithful: isText, maskedBy: [] };
}
