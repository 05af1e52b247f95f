import { randomUUID } from 'node:crypto';
import { AppError } from '#lib/errors/app-error.ts';
import { appendAudit } from '#lib/gateways/database/audit-rows.ts';
import { log } from '#lib/log.ts';
import type { Principal, Role } from '#lib/model/principal.ts';
import type { Target } from '#lib/operations/target.ts';

/** Who did it and from where: what every audit row holds. A stranger who fails to sign in has no role. */
export type Actor = {
  principal: { userId: string; name: string; role: Role | 'none'; via: Principal['via'] | 'none' };
  requestId: string;
  ip: string;
  userAgent: string;
};

type Phase = 'started' | 'succeeded' | 'failed' | 'unknown' | 'denied';

/**
 * Writes the row that an attempt begins, before anything is done.
 * @returns the operation id under which its end is written.
 * @throws AppError `audit.unavailable` when it cannot be written: then nothing may be done.
 */
export async function beginAttempt(
  actor: Actor,
  action: string,
  target: Target,
  details: unknown,
): Promise<string> {
  const operationId = randomUUID();
  try {
    await append(actor, operationId, 'started', action, target, details);
  } catch (cause) {
    throw new AppError('audit.unavailable', {}, { cause });
  }
  return operationId;
}

/**
 * Writes how an attempt ended. The act is over by now, so a failure to write is logged and the
 * missing end shows in the audit as an attempt without outcome.
 */
export async function finishAttempt(
  actor: Actor,
  operationId: string,
  action: string,
  target: Target,
  end: { outcome: 'succeeded' | 'failed' | 'unknown'; errorCode?: string; details?: unknown },
): Promise<void> {
  try {
    await append(actor, operationId, end.outcome, action, target, end.details ?? {}, end.errorCode);
  } catch (error) {
    log.error('audit.finish-lost', { operationId, action, outcome: end.outcome, error });
  }
}

/** Writes that somebody was refused (R15). Being refused does not depend on it being written. */
export async function recordDenied(
  actor: Actor,
  action: string,
  target: Target,
  permission: string,
): Promise<void> {
  try {
    await append(actor, randomUUID(), 'denied', action, target, { permission }, 'auth.forbidden');
  } catch (error) {
    log.error('audit.denied-lost', { action, error });
  }
}

/**
 * Writes one row for something that has happened and needs no beginning: a read of message content, a sign-in.
 * @throws AppError `audit.unavailable`: content that cannot be accounted for is not shown.
 */
export async function recordRead(
  actor: Actor,
  action: string,
  target: Target,
  details: unknown,
): Promise<void> {
  await recordEvent(actor, action, target, 'succeeded', details);
}

/** One row for a thing done outside the corridor, such as signing in. */
export async function recordEvent(
  actor: Actor,
  action: string,
  target: Target,
  phase: Exclude<Phase, 'started'>,
  details: unknown,
  errorCode?: string,
): Promise<void> {
  try {
    await append(actor, randomUUID(), phase, action, target, details, errorCode);
  } catch (cause) {
    throw new AppError('audit.unavailable', {}, { cause });
  }
}

const append = (
  actor: Actor,
  operationId: string,
  phase: Phase,
  action: string,
  target: Target,
  details: unknown,
  errorCode?: string,
) =>
  appendAudit({
    operationId,
    phase,
    actorId: actor.principal.userId,
    actorName: actor.principal.name,
    actorRole: actor.principal.role,
    actorVia: actor.principal.via,
    ip: actor.ip,
    userAgent: actor.userAgent,
    requestId: actor.requestId,
    action,
    targetType: target.type,
    targetId: target.id,
    clusterId: target.clusterId,
    details,
    errorCode: errorCode ?? null,
  });
