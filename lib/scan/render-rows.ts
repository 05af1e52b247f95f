import type { MessageField, MessageRow } from '#lib/model/message.ts';
import { type BatchHeader, walkBatches } from './batch-header.ts';
import type { Chunk } from './candidates.ts';
import type { ScanPool } from './pool.ts';
import { MAX_INFLATED_BYTES } from './record-batch.ts';

/** A record chosen for the page: which bytes hold it, and its offset. */
export interface Picked {
  chunk: Chunk;
  offset: bigint;
}

/** Makes the rows of the chosen records, in their order. Only the batches that hold one travel to a worker. */
export async function renderRows(pool: ScanPool, picked: readonly Picked[]): Promise<MessageRow[]> {
  const byChunk = Map.groupBy(picked, ({ chunk }) => chunk);
  const owner = {};
  const made = await Promise.all(
    [...byChunk].map(async ([chunk, group]) => {
      const rows = await rowsOf(
        pool,
        owner,
        chunk,
        group.map(({ offset }) => offset),
      );
      return [chunk, new Map(rows.map((row) => [row.offset, row]))] as const;
    }),
  );
  const rowsByChunk = new Map(made);
  return picked.map(({ chunk, offset }) => {
    const row = rowsByChunk.get(chunk)?.get(String(offset));
    return row ?? unreadableRow(chunk.partition, offset, 'it could not be read');
  });
}

async function rowsOf(pool: ScanPool, owner: object, chunk: Chunk, offsets: bigint[]): Promise<MessageRow[]> {
  const task = {
    kind: 'rows',
    partition: chunk.partition,
    offsets,
    maxInflatedBytes: MAX_INFLATED_BYTES,
  } as const;
  try {
    return (await pool.run(batchesWith(chunk.bytes, offsets), task, { owner })).value;
  } catch (error) {
    // One record can cost a worker: the others of its set are shown all the same.
    if (offsets.length > 1) {
      return (await Promise.all(offsets.map((offset) => rowsOf(pool, owner, chunk, [offset])))).flat();
    }
    const reason = error instanceof Error ? error.message : 'reading failed';
    return offsets.map((offset) => unreadableRow(chunk.partition, offset, reason));
  }
}

/** A copy of just the batches that hold these offsets. */
function batchesWith(bytes: Buffer, offsets: readonly bigint[]): Buffer {
  const wanted = new Set<BatchHeader>();
  const { headers } = walkBatches(bytes, { checkCrc: false });
  for (const offset of offsets) {
    const header = headers.find((candidate) => candidate.lastOffset >= offset && !candidate.isControl);
    if (header) wanted.add(header);
  }
  return Buffer.concat(headers.filter((h) => wanted.has(h)).map((h) => bytes.subarray(h.start, h.end)));
}

function unreadableRow(partition: number, offset: bigint, reason: string): MessageRow {
  const value: MessageField = {
    serde: 'unreadable',
    reason: `This message could not be shown: ${reason}.`,
    text: '',
    base64: null,
    sizeBytes: 0,
    shownBytes: 0,
    format: 'text',
    schema: null,
    compression: null,
    maskedBy: [],
  };
  return {
    partition,
    offset: String(offset),
    timestamp: null,
    timestampMs: '-1',
    timestampType: 'none',
    key: null,
    value,
    headerCount: 0,
    sizeBytes: 0,
    columns: [],
  };
}
