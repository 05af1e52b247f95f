import type { z } from 'zod';
import { beginAttempt, finishAttempt, recordDenied } from '#lib/audit/record.ts';
import { redact } from '#lib/audit/redact.ts';
import { AppError } from '#lib/errors/app-error.ts';
import { toProblem } from '#lib/errors/to-problem.ts';
import { Once } from '#lib/model/once.ts';
import { allows, type Permission } from '#lib/model/permission.ts';
import type { ActionResult } from '#lib/model/problem.ts';
import { assertWritable } from './assert-writable.ts';
import type { Context } from './context.ts';
import type { Command } from './define-command.ts';
import type { Plan } from './define-plan.ts';
import { inputHashOf, onlyOnce } from './only-once.ts';
import { parseInput } from './parse-input.ts';
import { takeToken } from './rate.ts';
import type { Target } from './target.ts';

/**
 * The corridor of every change: parse → rate → authorise (→ once) → audit begin → act → audit finish.
 *
 * Nothing is changed when the first audit row cannot be written. When the act ends with
 * `outcome.unknown` the audit says unknown, never failed (F9). A request that comes with the same `once` again gets
 * the first answer, and leaves no rows of its own (F8).
 */
export async function runCommand<I extends z.ZodType, R>(
  command: Command<I, R>,
  context: Context,
  raw: unknown,
  once?: unknown,
): Promise<ActionResult<R>> {
  try {
    const input = parseInput(command.input, raw);
    const requestId = once === undefined ? null : parseInput(Once, once).requestId;
    const { userId } = context.principal;
    takeToken(userId, command.rate ?? 'mutate');
    await authorise(context, command.name, command.permission, command.target(input));
    const details = redact(input, command.secrets);
    if (requestId === null) return await attempt(command, context, input, details);
    return await onlyOnce(
      { scope: userId, key: requestId, action: command.name, inputHash: inputHashOf(details) },
      command.isAnswerSecret ?? false,
      () => attempt(command, context, input, details),
    );
  } catch (error) {
    return { ok: false, problem: toProblem(error) };
  }
}

async function attempt<I extends z.ZodType, R>(
  command: Command<I, R>,
  context: Context,
  input: z.output<I>,
  details: unknown,
): Promise<ActionResult<R>> {
  let operationId: string | undefined;
  try {
    operationId = await beginAttempt(context, command.name, command.target(input), details);
    const value = await act(command, context, input, operationId);
    return { ok: true, value, operationId };
  } catch (error) {
    return { ok: false, problem: toProblem(error), ...(operationId ? { operationId } : {}) };
  }
}

/** Runs a plan: parse → rate → authorise → look. It changes nothing, so only a refusal is written to the audit. */
export async function runPlan<I extends z.ZodType, R>(
  plan: Plan<I, R>,
  context: Context,
  raw: unknown,
): Promise<ActionResult<R>> {
  try {
    const input = parseInput(plan.input, raw);
    takeToken(context.principal.userId, 'read');
    await authorise(context, plan.name, plan.permission, plan.target(input));
    return { ok: true, value: await plan.run(context, input), operationId: '' };
  } catch (error) {
    return { ok: false, problem: toProblem(error) };
  }
}

async function authorise(
  context: Context,
  name: string,
  permission: Permission,
  target: Target,
): Promise<void> {
  const { role } = context.principal;
  if (allows(role, permission)) return;
  await recordDenied(context, name, target, permission);
  throw new AppError('auth.forbidden', { role, permission });
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
    const details = command.noted?.(value);
    await finishAttempt(context, operationId, command.name, target, {
      outcome: 'succeeded',
      ...(details ? { details } : {}),
    });
    return value;
  } catch (error) {
    const code = error instanceof AppError ? error.code : 'internal';
    const outcome = code === 'outcome.unknown' ? 'unknown' : 'failed';
    await finishAttempt(context, operationId, command.name, target, { outcome, errorCode: code });
    throw error;
  }
}
