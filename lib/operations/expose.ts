import { revalidatePath } from 'next/cache';
import type { z } from 'zod';
import { toProblem } from '#lib/errors/to-problem.ts';
import type { ActionResult } from '#lib/model/problem.ts';
import { currentContext } from './context.ts';
import type { Command } from './define-command.ts';
import { runCommand } from './run-command.ts';

/**
 * Makes a server action of a command: the only thing an `actions.ts` may export.
 * The action is a public POST endpoint, so it believes nothing it is sent.
 */
export function expose<I extends z.ZodType, R>(
  command: Command<I, R>,
): (raw: z.input<I>) => Promise<ActionResult<R>> {
  return async (raw) => {
    try {
      const result = await runCommand(command, await currentContext(), raw);
      if (result.ok && command.revalidate) {
        for (const path of command.revalidate(command.input.parse(raw))) revalidatePath(path, 'layout');
      }
      return result;
    } catch (error) {
      return { ok: false, problem: toProblem(error) };
    }
  };
}
