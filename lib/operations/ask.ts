import { redirect } from 'next/navigation';
import { cache } from 'react';
import type { z } from 'zod';
import { AppError } from '#lib/errors/app-error.ts';
import { toProblem } from '#lib/errors/to-problem.ts';
import type { Result } from '#lib/model/problem.ts';
import { type Context, currentContext } from './context.ts';
import type { Query } from './define-query.ts';
import { runQuery } from './run-query.ts';

/** The context of the page being drawn, made once for all of its parts. */
const pageContext = cache(currentContext);

/** Runs a query for the page being drawn. Somebody who is not signed in is sent to the sign-in page. */
export async function ask<I extends z.ZodType, O extends z.ZodType>(
  query: Query<I, O>,
  raw: Readonly<Record<string, unknown>>,
): Promise<Result<z.output<O>>> {
  let context: Context;
  try {
    context = await pageContext();
  } catch (error) {
    if (error instanceof AppError && error.code === 'auth.required') redirect('/sign-in');
    return { ok: false, problem: toProblem(error) };
  }
  return runQuery(query, context, raw);
}

/** Who looks at the page being drawn. */
export async function viewerOfPage(): Promise<Context['principal']> {
  try {
    return (await pageContext()).principal;
  } catch (error) {
    if (error instanceof AppError && error.code === 'auth.required') redirect('/sign-in');
    throw error;
  }
}
