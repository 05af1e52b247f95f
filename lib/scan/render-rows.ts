import type { MessageField, MessageRow } from '#lib/model/message.ts';
import { type BatchHeader, walkBatches } from './batch-header.ts';
import type { Chunk } from './candidates.ts';
import type { DecodingRunner } from './decoding.ts';
import type { ScanPool } from './pool.ts';
import { MAX_INFLATED_BYTES } from './record-batch.ts';

/** A record chosen for the page: which bytes hold it, and its offset. */
export interface Picked {
  chunk: Chunk;
  offset: bigint;
}

/** What makes rows: workers, how the reader decodes, and the field paths he wants as columns. */
export interface Renderer {
  pool: ScanPool;
  runner: DecodingRunner;
  columns: readonly string[];
  owner: object;
}

/** Makes the rows of the chosen records, in their order. */
export function renderRows(renderer: Renderer, picked: readonly Picked[]): Promise<MessageRow[]> {
  const { pool, runner, columns, owner } = renderer;
  return renderPicked(picked, {
    make: (bytes, partition, offsets) => {
      const task = {
        kind: 'rows' as const,
        ...{ partition, offsets, columns, plan: runner.plan },
        maxInflatedBytes: MAX_INFLATED_BYTES,
      };
      return runner.run(pool, bytes, task, (last) => ({ ...last, isFinal: true }), { owner });
    },
    broken: unreadableRow,
  });
}

/** How records become something: `make` of the batches that hold them, `broken` where even one alone cannot be made. */
export interface Making<T> {
  make: (bytes: Buffer, partition: number, offsets: bigint[]) => Promise<(T & { offset: string })[]>;
  broken: (partition: number, offset: bigint, reason: string) => T;
}

/** Makes something of the chosen records, in their order. Only the batches that hold one travel to a worker. */
export async function renderPicked<T>(picked: readonly Picked[], making: Making<T>): Promise<T[]> {
  const byChunk = Map.groupBy(picked, ({ chunk }) => chunk);
  const made = await Promise.all(
    [...byChunk].map(async ([chunk, group]) => {
      const offsets = group.map(({ offset }) => offset);
      return [chunk, await makeOf(chunk, offsets, making)] as const;
    }),
  );
  const byOffset = new Map(made);
  return picked.map(
    ({ chunk, offset }) =>
      byOffset.get(chunk)?.get(String(offset)) ??
      making.broken(chunk.partition, offset, 'it could not be read'),
  );
}

async function makeOf<T>(chunk: Chunk, offsets: bigint[], making: Making<T>): Promise<Map<string, T>> {
  const { partition, bytes } = chunk;
  try {
    const batches = batchesWith(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), offsets);
    const made = await making.make(batches, partition, offsets);
    return new Map(made.map((one) => [one.offset, one]));
  } catch (error) {
    // One record can cost a worker: the others of its set are shown all the same.
    if (offsets.length > 1) {
      const parts = await Promise.all(offsets.map((offset) => makeOf(chunk, [offset], making)));
      return new Map(parts.flatMap((part) => [...part]));
    }
    const reason = error instanceof Error ? error.message : 'reading failed';
    return new Map(offsets.map((offset) => [String(offset), making.broken(partition, offset, reason)]));
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
