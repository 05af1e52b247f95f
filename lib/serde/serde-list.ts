import { base64Serde, hexSerde } from './hex-serde.ts';
import { jsonSerde } from './json-serde.ts';
import { registrySerde } from './registry-serde.ts';
import type { Serde } from './serde.ts';
import { textSerde } from './text-serde.ts';

/** Asked in this order when nothing was chosen; the last one accepts anything. */
export const autoSerdes: readonly Serde[] = [registrySerde, jsonSerde, textSerde, hexSerde];

const named = new Map([...autoSerdes, base64Serde].map((serde) => [serde.name, serde]));

export const serdeNamed = (name: string): Serde | undefined => named.get(name);
