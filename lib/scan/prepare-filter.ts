import { AppError } from '#lib/errors/app-error.ts';
import type { DecodingRunner } from './decoding.ts';
import type { Fact } from './facts.ts';
import type { ScanPool } from './pool.ts';
import type { Prepared } from './prepare.ts';

/**
 * What a filter will do, from a worker: expressions are compiled nowhere else.
 * @throws AppError `input.invalid` with the field `where` for an expression that cannot be read
 */
export async function describeFilter(
  pool: ScanPool,
  runner: DecodingRunner,
  fact: Fact | null,
  signal: AbortSignal,
): Promise<Exclude<Prepared, { problem: unknown }>> {
  if (fact === null) return { pushedDown: [], marks: [], paths: [] };
  const task = { kind: 'prepare' as const, filter: fact.id, plan: runner.plan };
  const prepared = await runner.run(pool, new Uint8Array(), task, (same) => same, { signal, owner: {} });
  if (!('problem' in prepared)) return prepared;
  const { message, from } = prepared.problem;
  throw new AppError('input.invalid', {}, { fields: { where: `${message} (at character ${from + 1})` } });
}
