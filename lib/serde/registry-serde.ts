import { showHex } from './hex-serde.ts';
import type { Detection, Serde, SerdeContext, Shown } from './serde.ts';

interface Prefix {
  id: string;
  bytes: number;
}

/** Values that a schema registry's serializer wrote: recognised by their prefix, shown as bytes with the schema's id. */
export const registrySerde: Serde = {
  name: 'registry',
  detect(bytes: Buffer, context: SerdeContext): Detection {
    if (context.side === 'header') return { fits: false };
    const prefix = registryPrefix(bytes);
    if (!prefix) return { fits: false };
    return { fits: true, reason: `Starts with a schema registry prefix: schema id ${prefix.id}.` };
  },
  decode(bytes: Buffer, context: SerdeContext): Shown {
    const id = registryPrefix(bytes)?.id ?? '';
    const schema = { id, type: null, subject: null, version: null, name: null };
    return { ...showHex(bytes, context), schema };
  },
};

/**
 * The registry wire format: byte 0 and a 4-byte schema id, or byte 1 and a 16-byte GUID. Ids begin at 1 and are positive
 * 32-bit numbers. Exactly eight bytes beginning with 0 are taken for a 64-bit number, which is what keys often are and what
 * no prefix can be told from.
 */
export function registryPrefix(bytes: Buffer): Prefix | undefined {
  if (bytes[0] === 0 && bytes.length >= 5 && bytes.length !== 8) {
    const id = bytes.readInt32BE(1);
    return id > 0 ? { id: String(id), bytes: 5 } : undefined;
  }
  if (bytes[0] === 1 && bytes.length >= 17 && isUuid(bytes, 1)) {
    const digits = bytes.toString('hex', 1, 17);
    return { id: digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'), bytes: 17 };
  }
  return undefined;
}

/** RFC 9562: version 1 to 8 and the variant bits 10. */
function isUuid(bytes: Buffer, at: number): boolean {
  const version = (bytes[at + 6] as number) >>> 4;
  return version >= 1 && version <= 8 && ((bytes[at + 8] as number) & 0xc0) === 0x80;
}
