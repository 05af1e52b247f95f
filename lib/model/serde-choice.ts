import { z } from 'zod';
import { ClusterId, TopicName } from './ids.ts';

/** A serde as people choose it. */
export type SerdeOption = {
  name: string;
  label: string;
  /** What it is for, in a few words. */
  help: string;
  /** What stands behind the name, as in `schema:12`. */
  option: { label: string; isNeeded: boolean } | null;
};

const plain = (name: string, label: string, help: string): SerdeOption => ({
  name,
  label,
  help,
  option: null,
});

/** Every serde that can be chosen for a key or a value, in the order of a menu. */
export const serdeOptions: readonly SerdeOption[] = [
  plain('auto', 'Found by itself', 'by the bytes of each record, with the reason'),
  plain('registry', 'Schema registry', 'by the schema id before the value'),
  {
    name: 'schema',
    label: 'One schema of the registry',
    help: 'for values without a schema id before them',
    option: { label: 'Schema id, and for Protobuf :message', isNeeded: true },
  },
  plain('json', 'JSON', 'also lone numbers, words and texts'),
  plain('text', 'Text, UTF-8', ''),
  plain('latin1', 'Text, ISO 8859-1', ''),
  plain('utf-16be', 'Text, UTF-16 big-endian', ''),
  plain('utf-16le', 'Text, UTF-16 little-endian', ''),
  plain('hex', 'Hex', 'byte by byte'),
  plain('base64', 'Base64', ''),
  plain('int32', '32-bit integer', '4 bytes, big-endian'),
  plain('int64', '64-bit integer', '8 bytes, big-endian'),
  plain('float', '32-bit floating point', '4 bytes, big-endian'),
  plain('double', '64-bit floating point', '8 bytes, big-endian'),
  plain('uuid', 'UUID', '16 bytes, or its text'),
  plain('consumer-offsets', 'Kafka: committed offsets and groups', 'records of __consumer_offsets'),
  plain('transaction-state', 'Kafka: transactions', 'records of __transaction_state'),
  plain('share-group-state', 'Kafka: state of share groups', 'records of __share_group_state'),
  plain('mirror-checkpoints', 'MirrorMaker: checkpoints', ''),
  plain('mirror-heartbeats', 'MirrorMaker: heartbeats', ''),
  plain('mirror-offset-syncs', 'MirrorMaker: offset syncs', ''),
];

const names = new Map(serdeOptions.map((option) => [option.name, option]));

/** The option a text names, such as `int64` or `schema:12:shop.Order`; null when there is none such. */
export function serdeOptionOf(text: string): SerdeOption | null {
  const [name = '', ...rest] = text.split(':');
  const option = names.get(name);
  if (!option) return null;
  if (!option.option) return rest.length === 0 ? option : null;
  return /^[0-9]{1,10}$|^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(rest[0] ?? '') ? option : null;
}

/** What is chosen of a field, as text: a name of `serdeOptions`, with what it needs behind a colon. */
export const SerdeText = z
  .string()
  .max(300)
  .refine((text) => serdeOptionOf(text) !== null, 'There is no such serde. A schema is written schema:12.');

/** The choice for a topic, for everyone. Null: found by itself. */
export const OverrideSerdeInput = z.strictObject({
  clusterId: ClusterId,
  topic: TopicName,
  keySerde: SerdeText.nullable(),
  valueSerde: SerdeText.nullable(),
});

/** The choice that is kept for a topic; null where none is. */
export const TopicSerdes = z.object({
  keySerde: z.string().nullable(),
  valueSerde: z.string().nullable(),
  /** Who chose, and when (ISO 8601); null when nobody did. */
  updatedBy: z.string().nullable(),
  updatedAt: z.string().nullable(),
});
export type TopicSerdes = z.infer<typeof TopicSerdes>;

/** Choices that are a name alone. */
export const serdeOffers: readonly SerdeOption[] = serdeOptions.filter(
  ({ name, option }) => name !== 'auto' && option === null,
);

/** How a choice is called; a schema by its id. */
export function serdeLabel(text: string): string {
  const label = serdeOptionOf(text)?.label;
  return label === undefined || !text.includes(':')
    ? (label ?? text)
    : `schema ${text.slice(text.indexOf(':') + 1)}`;
}
