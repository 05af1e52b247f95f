import type { z } from 'zod';
import { recordRead } from '#lib/audit/record.ts';
import { toProblem } from '#lib/errors/to-problem.ts';
import type { Result } from '#lib/model/problem.ts';
import { admit } from './admit.ts';
import type { Context } from './context.ts';
import type { Query } from './define-query.ts';

/** Runs a query for a principal: rate → parse → authorise → read (→ audit). Failures come back in words. */
export async function runQuery<I extends z.ZodType, O extends z.ZodType>(
  query: Query<I, O>,
  context: Context,
  raw: unknown,
): Promise<Result<z.output<O>>> {
  try {
    const input = await admit(context, query, raw, query.rate ?? 'read');
    const value = await query.run(context, input);
    const kept = query.audited?.(input, value) ?? null;
    if (kept) await recordRead(context, query.name, query.target(input), kept);
    return { ok: true, value };
  } catch (error) {
    return { ok: false, problem: toProblem(error) };
  }
}
