import { momentText } from '../avro/avro-notes.ts';
import type { DataValue, Decoded } from '../decode-plan.ts';
import { Malformed, reasonOf } from '../malformed.ts';
import type { Note, Reading, Serde, SerdeContext } from '../serde.ts';
import { ByteCursor } from './byte-cursor.ts';
import { consumerGroupRecords } from './consumer-group-records.ts';
import { shareStateRecords, transactionRecords } from './coordinator-records.ts';
import { otherGroupRecords } from './other-group-records.ts';
import { readRecord } from './read-record.ts';
import type { RecordType } from './record-type.ts';

type Message = { [key: string]: DataValue };

/** The records that Kafka's coordinators keep in a topic of theirs: the key begins with the type, the value with its version. */
function coordinatorSerde(name: string, topic: string, types: readonly RecordType[]): Serde {
  const byType = new Map(types.map((type) => [type.type, type]));
  const typeOf = (key: Buffer | null | undefined): RecordType => {
    if (!key || key.length < 2) throw new Malformed('its key does not say what it is');
    const type = byType.get(key.readInt16BE(0));
    if (!type) throw new Malformed(`its key has the type ${key.readInt16BE(0)}, which is not known here`);
    return type;
  };
  const isOf = ({ plan, side }: SerdeContext, isChosen: boolean): boolean =>
    side !== 'header' && (isChosen || plan?.topic === topic);
  const parse = (bytes: Buffer, context: SerdeContext): { type: RecordType; value: Message } => {
    const cursor = new ByteCursor(bytes, 2);
    if (context.side === 'key') {
      const type = typeOf(bytes);
      return { type, value: { type: type.name, ...readRecord(cursor, type.key(), 0) } };
    }
    const type = typeOf(context.key);
    if (bytes.length < 2) throw new Malformed('it is too short for its version');
    const version = bytes.readInt16BE(0);
    return { type, value: { version, ...readRecord(cursor, valueShape(type, version, byType), version) } };
  };
  return {
    name,
    read(bytes, context, choice): Reading {
      if (!isOf(context, choice !== undefined)) return { fits: false };
      try {
        const { type, value } = parse(bytes, context);
        return {
          fits: true,
          reason: `Kafka’s own record ${type.name}, as in ${topic}.`,
          body: { as: 'value', value, notes: () => notesOf(value) },
        };
      } catch (error) {
        const reason = `Not read as a record of ${topic}: ${reasonOf(error)}.`;
        return choice
          ? { fits: false, nearMiss: reason }
          : { fits: true, reason, body: { as: 'hex', bytes } };
      }
    },
    decode(bytes, context, choice): Decoded | undefined {
      if (!isOf(context, choice !== undefined)) return undefined;
      try {
        return { value: parse(bytes, context).value };
      } catch (error) {
        return { reason: `Not read as a record of ${topic}: ${reasonOf(error)}.` };
      }
    },
  };
}

/** Offsets committed in the oldest way may have values of any version. */
const valueShape = (type: RecordType, version: number, byType: ReadonlyMap<number, RecordType>) =>
  (type.name === 'LegacyOffsetCommit' && version > 0 ? (byType.get(1) ?? type) : type).value();

const transactionStatuses = [
  ...['Empty', 'Ongoing', 'PrepareCommit', 'PrepareAbort', 'CompleteCommit'],
  ...['CompleteAbort', 'Dead', 'PrepareEpochFence'],
];

function notesOf(value: Message): Note[] {
  const notes: Note[] = [];
  for (const [path, one] of Object.entries(value)) {
    if (/timestamp(ms)?$/i.test(path) && typeof one === 'number' && one > 0) {
      const text = momentText(BigInt(one), 1_000, 'Z');
      if (text) notes.push({ path, type: 'timestamp-millis', text });
    }
    if (path === 'transactionStatus' && typeof one === 'number') {
      notes.push({ path, type: 'status', text: transactionStatuses[one] ?? 'unknown' });
    }
  }
  return notes;
}

export const consumerOffsetsSerde = coordinatorSerde('consumer-offsets', '__consumer_offsets', [
  ...consumerGroupRecords,
  ...otherGroupRecords,
]);
export const transactionStateSerde = coordinatorSerde(
  'transaction-state',
  '__transaction_state',
  transactionRecords,
);
export const shareGroupStateSerde = coordinatorSerde(
  'share-group-state',
  '__share_group_state',
  shareStateRecords,
);
