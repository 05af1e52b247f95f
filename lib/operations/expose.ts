import { revalidatePath } from 'next/cache';
import type { z } from 'zod';
import { toProblem } from '#lib/errors/to-problem.ts';
import { log } from '#lib/log.ts';
import type { Once } from '#lib/model/once.ts';
import type { ActionResult } from '#lib/model/problem.ts';
import { currentContext } from './context.ts';
import type { Command } from './define-command.ts';
import type { Plan } from './define-plan.ts';
import { runCommand, runPlan } from './run-command.ts';

/**
 * Makes a server action of a command or plan: the only thing an `actions.ts` may export.
 * The action is a public POST endpoint, so it believes nothing it is sent. A form
 * sends `once` with it, so that a change which arrives twice is made once; a plan has no need of it.
 */
export function expose<I extends z.ZodType, R>(
  verb: Command<I, R> | Plan<I, R>,
): (raw: z.input<I>, once?: Once) => Promise<ActionResult<R>> {
  return async (raw, once) => {
    try {
      const context = await currentContext();
      if (verb.kind === 'plan') return await runPlan(verb, context, raw);
      const result = await runCommand(verb, context, raw, once);
      if (result.ok) drawAnew(verb, raw);
      return result;
    } catch (error) {
      return { ok: false, problem: toProblem(error) };
    }
  };
}

/** Pages that are drawn anew are a courtesy: that they could not be does not make the change undone. */
function drawAnew<I extends z.ZodType, R>(command: Command<I, R>, raw: unknown): void {
  try {
    for (const path of command.revalidate?.(command.input.parse(raw)) ?? []) revalidatePath(path, 'layout');
  } catch (error) {
    log.warn('pages.not-revalidated', { action: command.name, error });
  }
}
