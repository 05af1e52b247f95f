import type { AbortedTransaction, Isolation } from '#lib/model/log-source.ts';
import type { MessageFilter } from '#lib/model/message-filter.ts';
import type { DecodePlan } from '#lib/serde/decode-plan.ts';
import { masksOf } from '#lib/serde/masks.ts';
import { AbortedFilter } from './aborted.ts';
import { type BatchHeader, checkCrc, walkBatches } from './batch-header.ts';
import { BatchSearch } from './byte-search.ts';
import { Conditions } from './conditions.ts';
import { factOf, madeOf } from './facts.ts';
import { type Compiled, compileFilter } from './filter/compile-filter.ts';
import type { Verdict } from './filter/record-view.ts';
import { Findings, type SiftAnswer } from './findings.ts';
import { progress } from './progress-cell.ts';
import { type OpenedBatch, openBatch } from './record-batch.ts';
import type { RecordCursor } from './record-cursor.ts';
import { SiftedRecord } from './sifted-record.ts';

export interface SiftOptions {
  partition: number;
  /** Only records of `[from, to)` count; a batch may begin before and end after. */
  from: bigint;
  to: bigint;
  /** Only records with a timestamp of `[fromMs, toMs)` count, where these are given. Epoch milliseconds. */
  fromMs?: bigint | undefined;
  toMs?: bigint | undefined;
  isolation: Isolation;
  aborted: readonly AbortedTransaction[];
  maxInflatedBytes: number;
  plan: DecodePlan;
  /** Id of the fact that holds the conditions; null where every record counts. */
  filter: string | null;
  /** Timestamps later than this are not believed when records of several partitions are merged. Epoch milliseconds. */
  latestMs: number;
  /** What was missing will not come. */
  isFinal?: boolean;
  /** After so long in a filter the sift ends where it stands, so that others have their turn. Milliseconds. */
  filterTurnMs?: number;
}

const FILTER_TURN_MS = 250;

/** Conditions and expression, made once per worker. */
export interface Sieve {
  filter: MessageFilter;
  conditions: Conditions;
  compiled: Compiled | undefined;
  show: 'matched' | 'failed' | 'undecoded';
}

/**
 * Makes a filter ready; the masks may be others for each reader.
 * @throws Error for an expression that does not compile: it was refused before it came here.
 */
export function sieveOf(filterId: string, plan: DecodePlan): Sieve {
  const filter = (factOf(filterId) ?? {}) as MessageFilter;
  const compiled = madeOf(filterId, () => (filter.where ? compileFilter(filter.where) : undefined));
  if (compiled && 'problem' in compiled) throw new Error(compiled.problem.message);
  const conditions = new Conditions(filter, masksOf(plan));
  return { filter, conditions, compiled, show: filter.show ?? 'matched' };
}

/**
 * Finds the records of a fetched `records` field that count. The position moves by batch headers alone, so that markers, compacted,
 * aborted and unreadable batches are passed like any other. Never throws for any bytes.
 */
export function sift(bytes: Buffer, options: SiftOptions): SiftAnswer | { needs: string[] } {
  const walk = walkBatches(bytes, { checkCrc: false });
  const aborted = new AbortedFilter(options.isolation === 'read_committed' ? options.aborted : []);
  const sieve = options.filter === null ? undefined : sieveOf(options.filter, options.plan);
  const found = new Findings(options, walk);
  for (const header of walk.headers) {
    progress().beat();
    found.beginBatch(header);
    if (header.isControl) {
      const marker = openBatch(bytes, header, options.maxInflatedBytes);
      aborted.passMarker(header, 'cursor' in marker && marker.cursor.next() ? marker.cursor.key : null);
      continue;
    }
    const isAborted = aborted.isAborted(header);
    if (header.lastOffset < options.from || header.baseOffset >= options.to) continue;
    if (isAborted) {
      found.passAborted(header);
      continue;
    }
    if (isOutOfTime(header, options)) {
      found.passUnread(header);
      continue;
    }
    const opened = openBatch(bytes, header, options.maxInflatedBytes, true);
    if ('problem' in opened) found.addUnreadable(header.baseOffset, header.lastOffset, opened.problem);
    else siftBatch(bytes, header, opened, options, sieve, found);
    if (found.stoppedAt !== undefined) break;
  }
  return found.finish(bytes);
}

/** Whether the header alone says that all of its records lie before what is asked for. */
const isOutOfTime = (header: BatchHeader, { fromMs }: SiftOptions): boolean =>
  header.magic === 2 && fromMs !== undefined && header.maxTimestamp >= 0n && header.maxTimestamp < fromMs;

function siftBatch(
  bytes: Buffer,
  header: BatchHeader,
  opened: Exclude<OpenedBatch, { problem: string }>,
  options: SiftOptions,
  sieve: Sieve | undefined,
  found: Findings,
): void {
  const { cursor, start, end } = opened;
  const body = start === 0 && end === opened.body.length ? opened.body : opened.body.subarray(0, end);
  if (sieve && isWhole(header, options)) {
    for (const needle of sieve.conditions.batchNeedles) {
      const at = body.indexOf(needle, start);
      if (at >= 0) continue;
      found.passUnread(header);
      return;
    }
  }
  const test = sieve && new RecordTest(sieve, options, cursor, body);
  let isCrcChecked = false;
  while (cursor.next()) {
    if (!found.passRecord(cursor, options)) continue;
    const counts = test ? test.counts(cursor, found) : true;
    if (found.filterMs >= (options.filterTurnMs ?? FILTER_TURN_MS) && found.stoppedAt === undefined) {
      found.stoppedAt = cursor.offset + 1n;
    }
    if (!counts) {
      if (found.stoppedAt !== undefined) break;
      continue;
    }
    if (!isCrcChecked) {
      isCrcChecked = true;
      found.keepBatch(header, checkCrc(bytes, header) === 'wrong');
    }
    found.addRecord(cursor);
    if (found.stoppedAt !== undefined) break;
  }
  found.endBatch(header, cursor);
}

/** Whether all of a batch is asked for, so that its header counts its records. */
const isWhole = (header: BatchHeader, { from, to }: SiftOptions): boolean =>
  header.magic === 2 && header.baseOffset >= from && header.lastOffset < to && header.recordCount >= 0;

/** Tests the records of one batch, in their order. */
class RecordTest {
  private readonly sieve: Sieve;
  private readonly record: SiftedRecord;
  private readonly search: BatchSearch | undefined;
  private readonly body: Buffer;
  private readonly contains: Buffer | undefined;
  private containsAt = -1;
  private isFirst = true;

  constructor(sieve: Sieve, options: SiftOptions, cursor: RecordCursor, body: Buffer) {
    this.sieve = sieve;
    this.body = body;
    this.record = new SiftedRecord(options.plan, options.partition, cursor, options.isFinal ?? false);
    this.contains = sieve.conditions.contains;
    // Who asks for what failed wants every record evaluated.
    const needles = sieve.show === 'matched' ? sieve.compiled?.filter.needles : undefined;
    this.search = needles && new BatchSearch(body, needles, options.plan);
  }

  counts(cursor: RecordCursor, found: Findings): boolean {
    const { sieve, record } = this;
    record.begin(cursor);
    if (!sieve.conditions.isEmpty) {
      const fits = sieve.conditions.test(record, this.holds(cursor));
      if (typeof fits === 'object') {
        found.needs.add(fits.needs);
        return false;
      }
      if (!fits) return false;
    }
    if (!sieve.compiled) return sieve.show === 'matched' && found.matched++ >= 0;
    // The first record of a batch is always evaluated: an expression that fails everywhere is to say so.
    const mustTest = this.isFirst;
    this.isFirst = false;
    if (this.search && !this.search.mayMatch(cursor) && !mustTest) return false;
    const began = performance.now();
    const verdict = this.evaluate(sieve.compiled);
    found.filterMs += performance.now() - began;
    found.evaluated++;
    if (record.isDecoded) found.decoded++;
    return this.count(verdict, found);
  }

  private evaluate({ filter }: Compiled): Verdict {
    const cell = progress();
    cell.enterFilter(this.record.partition, this.record.offset);
    const verdict = filter.test(this.record);
    cell.leaveFilter();
    return verdict;
  }

  private count(verdict: Verdict, found: Findings): boolean {
    const { show } = this.sieve;
    if (verdict === 'no') return false;
    if (verdict === 'match') {
      found.matched++;
      return show === 'matched';
    }
    if ('needs' in verdict) {
      found.needs.add(verdict.needs);
      return false;
    }
    if ('failed' in verdict) {
      found.failed++;
      return show === 'failed';
    }
    found.undecoded++;
    return show === 'undecoded';
  }

  /** Whether `contains` occurs within the bytes of the record; each occurrence is searched for once. */
  private holds({ recordStart, recordEnd }: RecordCursor): boolean {
    const { contains, body } = this;
    if (!contains) return true;
    if (this.containsAt < recordStart) {
      const at = body.indexOf(contains, recordStart);
      this.containsAt = at < 0 ? Number.POSITIVE_INFINITY : at;
    }
    return this.containsAt + contains.length <= recordEnd;
  }
}
