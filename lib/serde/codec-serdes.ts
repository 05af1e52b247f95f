import type { Serde } from './serde.ts';

/** Text in another codec than UTF-8. Only where it is chosen. */
function codecSerde(name: string, label: string, read: (bytes: Buffer) => string | null): Serde {
  const nearMiss = `Its bytes are not ${label}.`;
  return {
    name,
    read(bytes) {
      const text = read(bytes);
      if (text === null) return { fits: false, nearMiss };
      return { fits: true, reason: `Text in ${label}.`, body: { as: 'text', bytes, text } };
    },
    decode(bytes) {
      const text = read(bytes);
      return text === null ? { reason: nearMiss } : { value: text };
    },
  };
}

/** Null for half a character, be it a byte or half of a pair. */
function utf16(bytes: Buffer): string | null {
  if (bytes.length % 2 !== 0) return null;
  const text = bytes.toString('utf16le');
  return text.isWellFormed() ? text : null;
}

export const codecSerdes: readonly Serde[] = [
  codecSerde('latin1', 'ISO 8859-1', (bytes) => bytes.toString('latin1')),
  codecSerde('utf-16le', 'UTF-16, little-endian', utf16),
  codecSerde('utf-16be', 'UTF-16, big-endian', (bytes) =>
    bytes.length % 2 === 0 ? utf16(Buffer.from(bytes).swap16()) : null,
  ),
];
