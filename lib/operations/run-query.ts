import type { z } from 'zod';
import { recordDenied, recordRead } from '#lib/audit/record.ts';
import { AppError } from '#lib/errors/app-error.ts';
import { toProblem } from '#lib/errors/to-problem.ts';
import { allows } from '#lib/model/permission.ts';
import type { Result } from '#lib/model/problem.ts';
import type { Context } from './context.ts';
import type { Query } from './define-query.ts';
import { parseInput } from './parse-input.ts';
import { takeToken } from './rate.ts';

/** Runs a query for a principal: parse → rate → authorise → read (→ audit). Failures come back in words. */
export async function runQuery<I extends z.ZodType, O extends z.ZodType>(
  query: Query<I, O>,
  context: Context,
  raw: unknown,
): Promise<Result<z.output<O>>> {
  try {
    const input = parseInput(query.input, raw);
    takeToken(context.principal.userId, query.rate ?? 'read');
    if (!allows(context.principal.role, query.permission)) {
      await recordDenied(context, query.name, query.target(input), query.permission);
      throw new AppError('auth.forbidden', { role: context.principal.role, permission: query.permission });
    }
    const value = await query.run(context, input);
    if (query.audited)
      await recordRead(context, query.name, query.target(input), query.audited(input, value));
    return { ok: true, value };
  } catch (error) {
    return { ok: false, problem: toProblem(error) };
  }
}
