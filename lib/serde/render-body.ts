import type { MessageField } from '#lib/model/message.ts';
import { type MaskFact, maskHeader, maskJsonText, maskOpaque, maskValue } from './masks.ts';
import { printValue } from './print-value.ts';
import type { Body, SerdeContext } from './serde.ts';
import { utf8Cut, visibleText } from './visible-text.ts';

/** Bytes of a preview: enough to recognise a format. */
const PREVIEW_HEX_BYTES = 512;

/** How a body is drawn. `isFaithful`: the text gives the shown bytes of the body back exactly. */
export interface Rendered extends Pick<MessageField, 'text' | 'format' | 'maskedBy' | 'notes'> {
  shownBytes: number;
  isFaithful: boolean;
  isCut: boolean;
}

/** Draws what was found in bytes, as its reader may see it. */
export function renderBody(body: Body, context: SerdeContext, masks: MaskFact | null): Rendered {
  const hidden = masks && hide(body, context, masks);
  if (hidden) return hidden;
  switch (body.as) {
    case 'value': {
      const { text, isCut } = printValue(body.value, context.limitBytes);
      const notes = context.isPreview ? [] : (body.notes?.() ?? []);
      return {
        ...{ text: visibleText(text), format: 'json', maskedBy: [], shownBytes: 0, isFaithful: false, isCut },
        ...(notes.length > 0 ? { notes } : {}),
      };
    }
    case 'json':
      return { ...showText(body.bytes, context.limitBytes), format: 'json' };
    case 'text': {
      if (body.text === undefined) return showText(body.bytes, context.limitBytes);
      const text = visibleText(body.text.slice(0, context.limitBytes));
      const isCut = body.text.length > context.limitBytes;
      return { text, format: 'text', maskedBy: [], shownBytes: 0, isFaithful: false, isCut };
    }
    case 'hex': {
      // Three characters per byte: the text stays below the limit too.
      const limit = context.isPreview ? PREVIEW_HEX_BYTES : Math.floor(context.limitBytes / 3);
      const shownBytes = Math.min(body.bytes.length, limit);
      const text = body.bytes.toString('hex', 0, shownBytes).replace(/..(?=.)/g, '$& ');
      return whole({ text, format: 'hex', shownBytes }, body.bytes);
    }
    case 'base64': {
      const shownBytes = Math.min(body.bytes.length, Math.floor(context.limitBytes / 4) * 3);
      return {
        ...whole(
          { text: body.bytes.toString('base64', 0, shownBytes), format: 'text', shownBytes },
          body.bytes,
        ),
        isFaithful: false,
      };
    }
  }
}

function showText(bytes: Buffer, limitBytes: number): Rendered {
  const shownBytes = utf8Cut(bytes, limitBytes);
  const text = bytes.toString('utf8', 0, shownBytes);
  const visible = visibleText(text);
  const isFaithful = visible === text;
  return { ...whole({ text: visible, format: 'text', shownBytes }, bytes), isFaithful };
}

const whole = (shown: Pick<Rendered, 'text' | 'format' | 'shownBytes'>, bytes: Buffer): Rendered => ({
  ...shown,
  maskedBy: [],
  isFaithful: true,
  isCut: shown.shownBytes < bytes.length,
});

/** What the reader sees instead, where masks hide some or all of it: never bytes, never what they mean. Else null. */
function hide(body: Body, context: SerdeContext, masks: MaskFact): Rendered | null {
  const shown = (text: string, format: Rendered['format'], maskedBy: string[]): Rendered => ({
    ...{ text: visibleText(text.slice(0, context.limitBytes)), format, maskedBy },
    ...{ shownBytes: 0, isFaithful: false, isCut: text.length > context.limitBytes },
  });
  const { side } = context;
  const name = context.headerName;
  const asText =
    'bytes' in body ? (body.as === 'text' && body.text !== undefined ? body.text : body.bytes) : '';
  if (side === 'header' && name !== undefined) {
    const { value, maskedBy } = maskHeader(name, asText, masks);
    return maskedBy.length > 0 ? shown(String(value), 'text', maskedBy) : null;
  }
  if (body.as === 'value') {
    const { value, maskedBy } = maskValue(body.value, side, masks);
    if (maskedBy.length === 0) return null;
    return shown(printValue(value, context.limitBytes + 1).text, 'json', maskedBy);
  }
  if (body.as === 'json') {
    const masked = maskJsonText(body.bytes.toString('utf8'), side, masks);
    if (masked) return masked.maskedBy.length > 0 ? shown(masked.text, 'json', masked.maskedBy) : null;
  }
  const opaque = maskOpaque(asText, side, masks);
  return opaque && shown(opaque.value, 'text', opaque.maskedBy);
}
