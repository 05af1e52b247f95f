import { AppError } from '#lib/errors/app-error.ts';
import type { FilterCheck, FilterTrial } from '#lib/model/filter-check.ts';
import type { LogSource } from '#lib/model/log-source.ts';
import { type Decoding, DecodingRunner } from './decoding.ts';
import { type ScanPool, ScanWorkerError } from './pool.ts';
import { fetchAt, type MessagePlace } from './read-message.ts';
import { MAX_INFLATED_BYTES } from './record-batch.ts';
import { filterFact } from './search-fact.ts';

type Decoded = { decoding: Decoding; signal?: AbortSignal | undefined };

/** Whether an expression is one, and how a search would carry it out. Nothing is read for it. */
export async function checkExpression(
  pool: ScanPool,
  where: string,
  { decoding, signal }: Decoded,
): Promise<Omit<FilterCheck, 'trial'>> {
  const fact = filterFact({ where });
  const runner = new DecodingRunner(decoding, [fact]);
  const task = { kind: 'prepare' as const, filter: fact.id, plan: runner.plan };
  const prepared = await runner.run(pool, new Uint8Array(), task, (same) => same, { signal, owner: {} });
  if ('problem' in prepared) return { problem: prepared.problem, paths: [], pushedDown: [] };
  return { problem: null, paths: prepared.paths, pushedDown: prepared.pushedDown };
}

/**
 * What a valid expression says of one record, whatever became of its transaction. An expression that does not end fails on it.
 * @throws AppError as `readMessage` does
 */
export async function tryFilter(
  source: LogSource,
  pool: ScanPool,
  place: MessagePlace,
  where: string,
  options: Decoded & { onFilterStopped?: () => void },
): Promise<FilterTrial> {
  const { answer } = await fetchAt(source, place, options);
  const runner = new DecodingRunner(options.decoding);
  const at = { partition: place.partition, offset: String(place.offset) };
  const task = {
    kind: 'trial' as const,
    where,
    partition: place.partition,
    offset: place.offset,
    maxInflatedBytes: MAX_INFLATED_BYTES,
    plan: runner.plan,
  };
  try {
    const run = { signal: options.signal, owner: {} };
    const tried = await runner.run(pool, answer.records, task, (last) => ({ ...last, isFinal: true }), run);
    if (tried.kind === 'tried') return { ...at, ...tried.trial };
    const facts = { ...at, ...(tried.reason === undefined ? {} : { reason: tried.reason }) };
    throw new AppError(tried.reason === undefined ? 'message.absent' : 'message.unreadable', facts);
  } catch (error) {
    if (!(error instanceof ScanWorkerError) || !error.filtering) throw error;
    options.onFilterStopped?.();
    const reason = `It was stopped: ${error.reason === 'memory' ? 'it used up its memory' : 'it did not end'} on this record.`;
    return { ...at, verdict: 'failed', reason, values: [] };
  }
}
