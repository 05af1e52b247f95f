import type { z } from 'zod';
import { beginAttempt, finishAttempt } from '#lib/audit/record.ts';
import { redact } from '#lib/audit/redact.ts';
import { AppError } from '#lib/errors/app-error.ts';
import { toProblem } from '#lib/errors/to-problem.ts';
import { log } from '#lib/log.ts';
import { Once } from '#lib/model/once.ts';
import type { ActionResult } from '#lib/model/problem.ts';
import { lifecycle } from '#lib/process.ts';
import { admit } from './admit.ts';
import { assertWritable } from './assert-writable.ts';
import type { Context } from './context.ts';
import type { Command } from './define-command.ts';
import type { Plan } from './define-plan.ts';
import { inputHashOf, onlyOnce } from './only-once.ts';
import { parseInput } from './parse-input.ts';
import { underWay } from './under-way.ts';

/**
 * The corridor of every change: rate → parse → authorise (→ once) → audit begin → act → audit finish.
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
    const input = await admit(context, command, raw, command.rate ?? 'mutate');
    const requestId = once === undefined ? null : parseInput(Once, once).requestId;
    const { userId } = context.principal;
    if (lifecycle().phase === 'stopping') throw new AppError('server.stopping', { retryAfterSeconds: 5 });
    const details = redact(input, command.secrets);
    const work = () => underWay(attempt(command, context, input, details));
    if (requestId === null) return await work();
    return await onlyOnce(
      { scope: userId, key: requestId, action: command.name, inputHash: inputHashOf(details) },
      command.isAnswerSecret ?? false,
      work,
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

/** Runs a plan: rate → parse → authorise → look. It changes nothing, so only a refusal is written to the audit. */
export async function runPlan<I extends z.ZodType, R>(
  plan: Plan<I, R>,
  context: Context,
  raw: unknown,
): Promise<ActionResult<R>> {
  try {
    const input = await admit(context, plan, raw, 'read');
    return { ok: true, value: await plan.run(context, input), operationId: '' };
  } catch (error) {
    return { ok: false, problem: toProblem(error) };
  }
}

async function act<I extends z.ZodType, R>(
  command: Command<I, R>,
  context: Context,
  input: z.output<I>,
  operationId: string,
): Promise<R> {
  const target = command.target(input);
  let value: R;
  try {
    if (command.changesCluster) await assertWritable(target.clusterId);
    value = await command.run(context, input, { operationId });
  } catch (error) {
    const code = error instanceof AppError ? error.code : 'internal';
    const outcome = code === 'outcome.unknown' ? 'unknown' : 'failed';
    await finishAttempt(context, operationId, command.name, target, { outcome, errorCode: code });
    throw error;
  }
  // From here on it has happened: nothing may turn it into a failure.
  const details = noteOf(command, value);
  await finishAttempt(context, operationId, command.name, target, {
    outcome: 'succeeded',
    ...command.ended?.(value),
    ...(details ? { details } : {}),
  });
  return value;
}

function noteOf<I extends z.ZodType, R>(
  command: Command<I, R>,
  value: R,
): Record<string, unknown> | undefined {
  try {
    return command.noted?.(value);
  } catch (error) {
    log.error('audit.note-lost', { action: command.name, error });
    return undefined;
  }
}
