import type { Detection, Serde, SerdeContext, Shown } from './serde.ts';

/** Bytes of a preview: enough to recognise a format. */
const PREVIEW_BYTES = 512;

/** Any bytes at all, two digits each. */
export const hexSerde: Serde = {
  name: 'hex',
  detect(): Detection {
    return { fits: true, reason: 'Shown byte by byte.' };
  },
  decode: showHex,
};

export function showHex(bytes: Buffer, context: SerdeContext): Shown {
  // Three characters per byte: the text stays below the limit too.
  const limit = context.isPreview ? PREVIEW_BYTES : Math.floor(context.limitBytes / 3);
  const shownBytes = Math.min(bytes.length, limit);
  const digits = bytes.toString('hex', 0, shownBytes);
  return { text: digits.replace(/..(?=.)/g, '$& '), shownBytes, isFaithful: true, format: 'hex' };
}
