import type { MessageField } from '#lib/model/message.ts';
import { hexSerde } from './hex-serde.ts';
import { jsonSerde } from './json-serde.ts';
import { registrySerde } from './registry-serde.ts';
import type { Serde, SerdeContext } from './serde.ts';
import { textSerde } from './text-serde.ts';

/** Asked in this order; the last one accepts anything. */
export const serdes: readonly Serde[] = [registrySerde, jsonSerde, textSerde, hexSerde];

/** Shows any bytes by the first serde that fits, with the reason for it and for each failure that would surprise. */
export function showField(bytes: Buffer, context: SerdeContext): MessageField {
  const misses: string[] = [];
  for (const serde of serdes) {
    const detection = serde.detect(bytes, context);
    if (!detection.fits) {
      if (detection.nearMiss) misses.push(detection.nearMiss);
      continue;
    }
    const shown = serde.decode(bytes, context);
    return {
      serde: serde.name,
      reason: [...new Set([...misses, detection.reason])].join(' '),
      text: shown.text,
      base64: shown.isFaithful ? null : bytes.toString('base64', 0, shown.shownBytes),
      sizeBytes: bytes.length,
      shownBytes: shown.shownBytes,
      format: shown.format,
      schema: shown.schema ?? null,
      compression: null,
      maskedBy: [],
    };
  }
  throw new Error('the list of serdes does not end with one that accepts anything');
}
