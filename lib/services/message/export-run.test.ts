import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { AppError } from '#lib/errors/app-error.ts';
import { type ExportManifest, maxExportBytes } from '#lib/model/message-export.ts';
import type { SearchEnd } from '#lib/model/message-search.ts';
import type { FoundEvent } from '#lib/scan/search.ts';
import { ExportRun, type Line } from './export-run.ts';

const fresh = (more: Partial<ExportManifest> = {}): ExportManifest => ({
  ...{ id: 'i', state: 'running', sentence: '', fileName: 'f', format: 'ndjson', clusterId: 'c', topic: 't' },
  ...{ topicId: null, asked: {}, fields: ['offset'], records: 0, bytes: 0, sha256: null, offsets: [] },
  ...{ asOf: null, startedAt: '', endedAt: null, exportedBy: '', maskedBy: [], guardedCells: 0, failed: 0 },
  ...{ undecoded: 0, abortedRecords: 0, missing: [], unreadable: [], expired: [], nextToken: null },
  ...more,
});
const ending = (end: Partial<SearchEnd> = {}): FoundEvent<Line> => ({
  type: 'end',
  end: {
    outcome: 'complete',
    nextToken: null,
    missing: [],
    unreadable: [],
    expired: [],
    reason: null,
    ...end,
  },
});
const rows = (...lines: (Uint8Array | null)[]): FoundEvent<Line> => ({
  type: 'rows',
  rows: lines.map((line, index) => ({ partition: 0, offset: String(index), line })),
});

async function run(events: (signal: AbortSignal) => AsyncGenerator<FoundEvent<Line>>, manifest = fresh()) {
  const stop = new AbortController();
  const made = new ExportRun(manifest, () => stop.abort());
  const hash = createHash('sha256');
  let largest = 0;
  for await (const piece of made.pieces(events(stop.signal))) {
    hash.update(piece);
    largest = Math.max(largest, piece.length);
  }
  return { manifest, sha256: hash.digest('hex'), largest };
}

describe('the run of an export', () => {
  it('sends a large record in pieces, so that others get their turn (P1)', async () => {
    const { manifest, sha256, largest } = await run(async function* () {
      yield rows(Buffer.alloc(30 * 1024 * 1024, 'a'), Buffer.from('b\n'));
      yield ending();
    });
    expect(largest).toBeLessThanOrEqual(2 * 1024 * 1024);
    expect(manifest).toMatchObject({ state: 'complete', records: 2, bytes: 30 * 1024 * 1024 + 2, sha256 });
  });

  it('stops at its cap of bytes and says how to go on', async () => {
    const piece = Buffer.alloc(8 * 1024 * 1024);
    const { manifest, sha256 } = await run(async function* (signal) {
      while (!signal.aborted) yield rows(piece);
      yield ending({ outcome: 'cancelled', nextToken: 'on' });
    });
    expect(manifest).toMatchObject({ state: 'limit', nextToken: 'on', sha256, bytes: maxExportBytes });
    expect(manifest.sentence).toContain('the most that one export holds');
  });

  it('says what it lacks', async () => {
    const missing = [{ part: 'broker 2', sentence: 'Broker 2 does not answer.', since: null }];
    const partial = await run(async function* () {
      yield rows(Buffer.from('x\n'), null);
      yield ending({ outcome: 'partial', missing, nextToken: 'on' });
    });
    expect(partial.manifest).toMatchObject({ state: 'partial', records: 1, missing, nextToken: 'on' });
    const budget = await run(async function* () {
      yield ending({ outcome: 'budget', nextToken: 'on' });
    });
    expect(budget.manifest).toMatchObject({ state: 'budget', records: 0 });
    const limit = await run(async function* () {
      yield rows(Buffer.from('x\n'));
      yield ending({ nextToken: 'on' });
    });
    expect(limit.manifest.state).toBe('limit');
    const stopped = await run(async function* () {
      yield ending({ outcome: 'cancelled', reason: 'The filter was stopped.' });
    });
    expect(stopped.manifest).toMatchObject({
      state: 'failed',
      sha256: null,
      sentence: expect.stringContaining('The filter was stopped.'),
    });
  });

  it('that broke has no checksum, and rejects', async () => {
    const manifest = fresh();
    const made = new ExportRun(manifest, () => {});
    const pieces = made.pieces(
      (async function* () {
        yield rows(Buffer.from('x\n'));
        throw new AppError('topic.recreated', { topic: 't' });
      })(),
    );
    await expect(
      (async () => {
        while (!(await pieces.next()).done);
      })(),
    ).rejects.toMatchObject({ code: 'topic.recreated' });
    made.fail(new AppError('topic.recreated', { topic: 't' }));
    expect(manifest).toMatchObject({ state: 'failed', records: 1, sha256: null });
    expect(manifest.sentence).toContain('topic.recreated');
  });

  it('of CSV begins with its columns', async () => {
    const { manifest } = await run(
      async function* () {
        yield ending();
      },
      fresh({ format: 'csv', fields: ['offset', 'value'] }),
    );
    expect(manifest.bytes).toBe('offset,value\r\n'.length);
  });
});
