import { momentText } from '../avro/avro-notes.ts';
import type { DataValue, Decoded } from '../decode-plan.ts';
import { Malformed, reasonOf } from '../malformed.ts';
import type { Note, Reading, Serde, SerdeContext } from '../serde.ts';
import { ByteCursor } from './byte-cursor.ts';

type Message = { [key: string]: DataValue };

/** MirrorMaker's own records: fields in their order, as `MirrorMaker 2` has written them since it exists (version 0). */
function mirrorSerde(
  name: string,
  title: string,
  topics: RegExp,
  key: (cursor: ByteCursor) => Message,
  value: (cursor: ByteCursor) => Message,
): Serde {
  const parse = (bytes: Buffer, side: SerdeContext['side']): Message => {
    const cursor = new ByteCursor(bytes);
    const message = side === 'key' ? key(cursor) : value(cursor);
    if (cursor.left > 0) throw new Malformed(`${cursor.left} bytes are left over`);
    return message;
  };
  const isOf = ({ plan, side }: SerdeContext, isChosen: boolean): boolean =>
    side !== 'header' && (isChosen || (plan !== undefined && topics.test(plan.topic)));
  return {
    name,
    read(bytes, context, choice): Reading {
      if (!isOf(context, choice !== undefined)) return { fits: false };
      try {
        const message = parse(bytes, context.side);
        return {
          fits: true,
          reason: `${title} of MirrorMaker.`,
          body: { as: 'value', value: message, notes: () => notesOf(message) },
        };
      } catch (error) {
        return {
          fits: false,
          nearMiss: `Not read as MirrorMaker’s ${title.toLowerCase()}: ${reasonOf(error)}.`,
        };
      }
    },
    decode(bytes, context, choice): Decoded | undefined {
      if (!isOf(context, choice !== undefined)) return undefined;
      try {
        return { value: parse(bytes, context.side) };
      } catch {
        // A topic of that name may be anybody's: others are asked then.
        return undefined;
      }
    },
  };
}

function notesOf({ timestamp }: Message): Note[] {
  const text = typeof timestamp === 'number' ? momentText(BigInt(timestamp), 1_000, 'Z') : null;
  return text ? [{ path: 'timestamp', type: 'timestamp-millis', text }] : [];
}

function version(cursor: ByteCursor): void {
  const found = cursor.int16();
  if (found !== 0) throw new Malformed(`its version ${found} is not known here`);
}

export const mirrorCheckpointsSerde = mirrorSerde(
  'mirror-checkpoints',
  'Checkpoint',
  /\.checkpoints\.internal$/,
  (c) => ({ group: c.string(), topic: c.string(), partition: c.int32() }),
  (c) => {
    version(c);
    return { upstreamOffset: c.int64(), offset: c.int64(), metadata: c.string() };
  },
);

export const mirrorHeartbeatsSerde = mirrorSerde(
  'mirror-heartbeats',
  'Heartbeat',
  /(^|\.)heartbeats$/,
  (c) => ({ sourceClusterAlias: c.string(), targetClusterAlias: c.string() }),
  (c) => {
    version(c);
    return { timestamp: c.int64() };
  },
);

export const mirrorOffsetSyncsSerde = mirrorSerde(
  'mirror-offset-syncs',
  'Offset sync',
  /^mm2-offset-syncs\..+\.internal$/,
  (c) => ({ topic: c.string(), partition: c.int32() }),
  (c) => ({ upstreamOffset: c.int64(), offset: c.int64() }),
);
