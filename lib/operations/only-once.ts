import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '#lib/errors/app-error.ts';
import {
  claimRequest,
  type FirstAnswer,
  finishRequest,
  type OnceRequest,
  releaseRequest,
} from '#lib/gateways/database/idempotency.ts';
import { log } from '#lib/log.ts';
import type { ActionResult } from '#lib/model/problem.ts';

/** How long the second of two equal requests waits for the first, and how often it looks. */
const waitMs = 15_000;
const lookEveryMs = 100;

/** Tells two requests apart that come with one key. Secrets must be gone from `input`: a hash of them can be guessed. */
export const inputHashOf = (input: unknown): string =>
  createHash('sha256').update(JSON.stringify(input)).digest('hex');

/**
 * Carries out `work` once for a request, however often the request arrives (F8). Who comes second gets the first
 * answer, after waiting for it when it is still under way. When nothing was done the request may be tried again; when
 * it is not known whether something was done, that is the answer each time.
 * @param isAnswerSecret the answer holds what may be shown once only, so it is not kept
 * @throws AppError `idempotency.running`, `idempotency.reused`, `idempotency.answered`; `database.…`: then nothing was done
 */
export async function onlyOnce<R>(
  request: OnceRequest,
  isAnswerSecret: boolean,
  work: () => Promise<ActionResult<R>>,
): Promise<ActionResult<R>> {
  const first = await claim(request);
  if (first) {
    if (first.result === null) throw new AppError('idempotency.answered');
    return first.result as ActionResult<R>;
  }
  const result = await work();
  try {
    const operationId = result.operationId ?? null;
    if (result.ok) await finishRequest(request, { operationId, result: isAnswerSecret ? null : result });
    else if (mayHaveActed.has(result.problem.code)) await finishRequest(request, { operationId, result });
    else await releaseRequest(request);
  } catch (error) {
    // The act is over: its answer counts more than that a repetition would find it.
    log.error('idempotency.answer-lost', { action: request.action, error });
  }
  return result;
}

/** Ends of which nobody knows whether the change was made. */
const mayHaveActed: ReadonlySet<string> = new Set(['outcome.unknown', 'internal']);

async function claim(request: OnceRequest): Promise<FirstAnswer | undefined> {
  const until = performance.now() + waitMs;
  for (;;) {
    try {
      return await claimRequest(request);
    } catch (error) {
      const isRunning = error instanceof AppError && error.code === 'idempotency.running';
      if (!isRunning || performance.now() > until) throw error;
    }
    await delay(lookEveryMs);
  }
}
