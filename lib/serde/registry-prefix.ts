/** Where a value says which schema it was written by. */
export interface Prefix {
  /** A number, or a GUID in lower case. */
  id: string;
  /** Where the value begins. */
  bytes: number;
  /** Bytes that name the message type of Protobuf, where they do not stand before the value. */
  index?: Buffer;
  from: 'prefix' | 'header';
  /** As likely a 64-bit number: it is a prefix only if the whole value can be read by that schema. */
  isDoubtful: boolean;
}

/** Above that no registry has counted yet; below it a 64-bit number's first bytes are taken for an id at most that often. */
const DOUBTFUL_BELOW = 1_000_000;

/**
 * The registry wire format: byte 0 and a 4-byte schema id, or byte 1 and a 16-byte GUID. Ids begin at 1 and are positive
 * 32-bit numbers. Exactly eight bytes beginning with 0 may be a 64-bit number, which is what keys often are.
 */
export function registryPrefix(bytes: Buffer): Prefix | undefined {
  if (bytes[0] === 0 && bytes.length >= 5) {
    const id = bytes.readInt32BE(1);
    const isDoubtful = bytes.length === 8;
    if (id <= 0 || (isDoubtful && id >= DOUBTFUL_BELOW)) return undefined;
    return { id: String(id), bytes: 5, from: 'prefix', isDoubtful };
  }
  if (bytes[0] === 1 && bytes.length >= 17 && isUuid(bytes, 1)) {
    return { id: guidText(bytes), bytes: 17, from: 'prefix', isDoubtful: false };
  }
  return undefined;
}

/** The headers in which Confluent's serializers name a schema by its GUID; behind it may stand the message type of Protobuf. */
const headerNames = { key: '__key_schema_id', value: '__value_schema_id' } as const;

export function headerPrefix(
  side: 'key' | 'value',
  header: (name: string) => Buffer | null | undefined,
): Prefix | undefined {
  const guid = header(headerNames[side]);
  if (guid?.[0] !== 1 || guid.length < 17) return undefined;
  const index = guid.subarray(17);
  return { id: guidText(guid), bytes: 0, index, from: 'header', isDoubtful: false };
}

const guidText = (bytes: Buffer): string =>
  bytes.toString('hex', 1, 17).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

/** RFC 9562: version 1 to 8 and the variant bits 10. */
function isUuid(bytes: Buffer, at: number): boolean {
  const version = (bytes[at + 6] as number) >>> 4;
  return version >= 1 && version <= 8 && ((bytes[at + 8] as number) & 0xc0) === 0x80;
}
