import { codecSerdes } from './codec-serdes.ts';
import { base64Serde, hexSerde } from './hex-serde.ts';
import { jsonSerde } from './json-serde.ts';
import {
  consumerOffsetsSerde,
  shareGroupStateSerde,
  transactionStateSerde,
} from './kafka/coordinator-serdes.ts';
import {
  mirrorCheckpointsSerde,
  mirrorHeartbeatsSerde,
  mirrorOffsetSyncsSerde,
} from './kafka/mirror-serdes.ts';
import { numberSerdes } from './number-serdes.ts';
import { registrySerde } from './registry-serde.ts';
import { schemaSerde } from './schema-serde.ts';
import type { Serde } from './serde.ts';
import { textSerde } from './text-serde.ts';

/** Asked in this order when nothing was chosen; the last one accepts anything. Kafka's own topics are known by their names. */
export const autoSerdes: readonly Serde[] = [
  consumerOffsetsSerde,
  transactionStateSerde,
  shareGroupStateSerde,
  mirrorCheckpointsSerde,
  mirrorHeartbeatsSerde,
  mirrorOffsetSyncsSerde,
  registrySerde,
  jsonSerde,
  textSerde,
  hexSerde,
];

/** What most topics need: those that decode a search are asked for each record. */
const common = autoSerdes.filter(({ name }) => ['registry', 'json', 'text'].includes(name));
const internal = autoSerdes.filter(({ name }) => name !== 'hex');
const internalTopic = /^__|(^|\.)heartbeats$|\.internal$/;

/** Those that may have a value for a record of that topic. */
export const serdesFor = (topic: string | undefined): readonly Serde[] =>
  topic !== undefined && internalTopic.test(topic) ? internal : common;

const named = new Map(
  [...autoSerdes, base64Serde, schemaSerde, ...numberSerdes, ...codecSerdes].map((serde) => [
    serde.name,
    serde,
  ]),
);

export const serdeNamed = (name: string): Serde | undefined => named.get(name);
