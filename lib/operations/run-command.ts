import type { z } from 'zod';
import { beginAttempt, finishAttempt, recordDenied } from '#lib/audit/record.ts';
import { redact } from '#lib/audit/redact.ts';
import { AppError } from '#lib/errors/app-error.ts';
import { toProblem } from '#lib/errors/to-problem.ts';
import { allows } from '#lib/model/permission.ts';
import type { ActionResult } from '#lib/model/problem.ts';
import { assertWritable } from './assert-writable.ts';
import type { Context } from './context.ts';
import type { Command } from './define-command.ts';
import { parseInput } from './parse-input.ts';
import { takeToken } from './rate.ts';

/**
 * The corridor of every change: parse → rate → authorise → audit begin → act → audit finish.
 *
 * Nothing is changed when the first audit row cannot be written. When the act ends with
 * `outcome.unknown` the audit says unknown, never failed (F9).
 */
export async function runCommand<I extends z.ZodType, R>(
  command: Command<I, R>,
  context: Context,
  raw: unknown,
): Promise<ActionResult<R>> {
  let operationId: string | undefined;
  try {
    const input = parseInput(command.input, raw);
    takeToken(context.principal.userId, command.rate ?? 'mutate');
    const target = command.target(input);
    if (!allows(context.principal.role, command.permission)) {
      await recordDenied(context, command.name, target, command.permission);
      throw new AppError('auth.forbidden', { role: context.principal.role, permission: command.permission });
    }
    operationId = await beginAttempt(context, command.name, target, redact(input, command.secrets));
    const value = await act(command, context, input, operationId);
    return { ok: true, value, operationId };
  } catch (error) {
    return { ok: false, problem: toProblem(error), ...(operationId ? { operationId } : {}) };
  }
}

async function act<I extends z.ZodType, R>(
  command: Command<I, R>,
  context: Context,
  input: z.output<I>,
  operationId: string,
): Promise<R> {
  const target = command.target(input);
  try {
    if (command.changesCluster) await assertWritable(target.clusterId);
    const value = await command.run(context, input, { operationId });
    await finishAttempt(context, operationId, command.name, target, { outcome: 'succeeded' });
    return value;
  } catch (error) {
    const code = error instanceof AppError ? error.code : 'internal';
    const outcome = code === 'outcome.unknown' ? 'unknown' : 'failed';
    await finishAttempt(context, operationId, command.name, target, { outcome, errorCode: code });
    throw error;
  }
}
