import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { AppError } from '#lib/errors/app-error.ts';
import { formatCount } from '#lib/format.ts';
import { type ExportManifest, type ExportState, maxExportBytes } from '#lib/model/message-export.ts';
import type { SearchEnd } from '#lib/model/message-search.ts';
import type { DecodingRunner } from '#lib/scan/decoding.ts';
import { exportHead } from '#lib/scan/export-head.ts';
import type { LinesOptions } from '#lib/scan/export-lines.ts';
import type { ScanPool } from '#lib/scan/pool.ts';
import { MAX_INFLATED_BYTES } from '#lib/scan/record-batch.ts';
import { type Picked, renderPicked } from '#lib/scan/render-rows.ts';
import type { FoundEvent } from '#lib/scan/search.ts';

/** One record of the file; without a line when it could not be read. */
export type Line = { partition: number; offset: string; line: Uint8Array | null };

/** Hashed and sent at once, so that a large record does not hold up everybody else. */
const PIECE_BYTES = 1024 * 1024;

/**
 * Makes a file of what a search finds, piece by piece as its reader takes it, and writes its manifest as it goes. Who stops it says why;
 * the search is told by its signal.
 */
export class ExportRun {
  readonly manifest: ExportManifest;
  private readonly hash = createHash('sha256');
  private readonly offsets = new Map<number, ExportManifest['offsets'][number]>();
  private readonly maskedBy = new Set<string>();
  private readonly stop: (why: 'limit' | 'cancelled') => void;
  private stopped: 'limit' | 'cancelled' | null = null;
  private stoppedWhy = '';

  /** @param stop makes the search end soon, with its end told. */
  constructor(manifest: ExportManifest, stop: () => void) {
    this.manifest = manifest;
    this.stop = (why) => {
      this.stopped ??= why;
      stop();
    };
  }

  /** The reader is gone or may not read on: what is in the file stays what it is. */
  cancel(why: string): void {
    if (this.stopped === null) this.stoppedWhy = why;
    this.stop('cancelled');
  }

  /** What workers make of the records that were found. */
  render(
    pool: ScanPool,
    options: Pick<LinesOptions, 'format' | 'fields' | 'bytes'>,
  ): (picked: readonly Picked[], runner: DecodingRunner) => Promise<Line[]> {
    const owner = {};
    return (picked, runner) =>
      renderPicked<Line>(picked, {
        make: async (bytes, partition, offsets) => {
          const task = {
            kind: 'lines' as const,
            ...{ ...options, partition, offsets, plan: runner.plan },
            maxInflatedBytes: MAX_INFLATED_BYTES,
          };
          const made = await runner.run(pool, bytes, task, (last) => ({ ...last, isFinal: true }), { owner });
          this.manifest.guardedCells += made.guardedCells;
          for (const name of made.maskedBy) this.maskedBy.add(name);
          return made.offsets.map((offset, index) => ({
            partition,
            offset: String(offset),
            line: made.kept.subarray(made.ends[index - 1] ?? 0, made.ends[index]),
          }));
        },
        broken: (partition, offset, reason) => {
          const at = String(offset);
          this.manifest.unreadable.push({ partition, fromOffset: at, toOffset: at, reason });
          return { partition, offset: at, line: null };
        },
      });
  }

  /** The bytes of the file, in pieces. The manifest is whole when they end. Rejects when the search does. */
  async *pieces(events: AsyncIterable<FoundEvent<Line>>): AsyncGenerator<Uint8Array> {
    const head = exportHead(this.manifest.format, this.manifest.fields);
    if (head) yield this.take(Buffer.from(head));
    for await (const event of events) {
      if (event.type === 'progress') {
        const { failed, undecoded, abortedRecords } = event.progress;
        Object.assign(this.manifest, { failed, undecoded, abortedRecords });
      } else if (event.type === 'end') this.end(event.end);
      else if (event.type === 'rows') {
        yield* this.lines(event.rows);
        if (this.manifest.bytes >= maxExportBytes) this.stop('limit');
      }
    }
  }

  private async *lines(rows: readonly Line[]): AsyncGenerator<Uint8Array> {
    let waiting: Uint8Array[] = [];
    let size = 0;
    for (const row of rows) {
      if (!row.line) continue;
      this.count(row);
      for (let at = 0; at < row.line.length; at += PIECE_BYTES) {
        const piece = row.line.subarray(at, at + PIECE_BYTES);
        waiting.push(piece);
        size += piece.length;
        if (size < PIECE_BYTES) continue;
        yield this.take(Buffer.concat(waiting));
        await setImmediate();
        waiting = [];
        size = 0;
      }
    }
    if (size > 0) yield this.take(Buffer.concat(waiting));
  }

  private take(bytes: Buffer): Uint8Array {
    this.hash.update(bytes);
    this.manifest.bytes += bytes.length;
    return bytes;
  }

  private count({ partition, offset }: Line): void {
    this.manifest.records++;
    const known = this.offsets.get(partition);
    if (!known) {
      const first = { partition, from: offset, to: offset, records: 1 };
      this.offsets.set(partition, first);
      this.manifest.offsets.push(first);
      this.manifest.offsets.sort((a, b) => a.partition - b.partition);
      return;
    }
    known.records++;
    if (BigInt(offset) < BigInt(known.from)) known.from = offset;
    if (BigInt(offset) > BigInt(known.to)) known.to = offset;
  }

  private end({ outcome, nextToken, missing, unreadable, expired, reason }: SearchEnd): void {
    const state = this.stopped ?? stateOf(outcome, nextToken, reason);
    Object.assign(this.manifest, {
      ...{ state, missing, expired, nextToken },
      unreadable: [...this.manifest.unreadable, ...unreadable],
      sentence: this.sentence(state, reason),
      maskedBy: [...this.maskedBy],
      // What a reader who left has got of the file is not known, and what broke off is no file.
      sha256: state === 'cancelled' || state === 'failed' ? null : this.hash.digest('hex'),
      endedAt: new Date().toISOString(),
    });
  }

  /** The search broke: what was sent is no whole file. */
  fail(error: unknown): void {
    const why = error instanceof AppError ? ` (${error.code})` : '';
    Object.assign(this.manifest, {
      state: 'failed',
      sentence: `It broke off after ${formatCount(this.manifest.records)} records${why}. The file is not whole.`,
      maskedBy: [...this.maskedBy],
      endedAt: new Date().toISOString(),
    });
  }

  private sentence(state: ExportState, reason: string | null): string {
    const count = `${formatCount(this.manifest.records)} records`;
    switch (state) {
      case 'complete':
        return `${count}: all that was asked for.`;
      case 'limit':
        return `${count}: the most that one export holds. More are left; go on with the next token.`;
      case 'budget':
        return `${count} were found until the budget of reading was spent. Go on with the next token.`;
      case 'partial':
        return `${count}: not all partitions could be read. What is missing is named.`;
      default:
        return `${count} were sent until it was stopped. ${this.stoppedWhy || reason || ''}`.trim();
    }
  }
}

/** A search that is complete with records left has found as many as it was to; one that was stopped with a reason has failed. */
function stateOf(
  outcome: SearchEnd['outcome'],
  nextToken: string | null,
  reason: string | null,
): ExportState {
  if (outcome === 'complete' && nextToken !== null) return 'limit';
  if (outcome === 'cancelled' && reason !== null) return 'failed';
  return outcome;
}
