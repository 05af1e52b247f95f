import { z } from 'zod';

/** How an operation stands. `started` without an end: the process died, or the end could not be written. */
export const auditPhases = ['started', 'succeeded', 'failed', 'unknown', 'denied'] as const;
export const AuditPhase = z.enum(auditPhases);
export type AuditPhase = z.infer<typeof AuditPhase>;

/** One event to be appended. `details` are redacted before they come here. */
export type AuditEvent = {
  operationId: string;
  phase: AuditPhase;
  actorId: string;
  actorName: string;
  actorRole: string;
  actorVia: string;
  ip: string | null;
  userAgent: string | null;
  requestId: string | null;
  action: string;
  targetType: string | null;
  targetId: string | null;
  clusterId: string | null;
  details: unknown;
  errorCode: string | null;
};

/** One operation: what was tried, by whom, on what, and how it ended. */
export const AuditEntry = z.object({
  /** Number in the chain of events, decimal. */
  seq: z.string(),
  operationId: z.string(),
  /** When it began, ISO 8601. */
  at: z.string(),
  /** When its end was written; null while there is none. */
  endedAt: z.string().nullable(),
  outcome: AuditPhase,
  actorId: z.string(),
  actorName: z.string(),
  actorRole: z.string(),
  actorVia: z.string(),
  ip: z.string().nullable(),
  userAgent: z.string().nullable(),
  requestId: z.string().nullable(),
  action: z.string(),
  targetType: z.string().nullable(),
  targetId: z.string().nullable(),
  clusterId: z.string().nullable(),
  /** What was asked for, redacted. */
  details: z.unknown(),
  /** What the end reported. */
  result: z.unknown(),
  errorCode: z.string().nullable(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

export type AuditFilter = {
  /** Part of an actor, action, target, address or operation id. */
  q?: string;
  fromMs?: number;
  toMs?: number;
  actorId?: string;
  /** Exact actions, such as `topic.create`; one ending in `.` stands for all that begin with it. */
  actions?: readonly string[];
  outcome?: AuditPhase;
  clusterId?: string;
  targetType?: string;
  targetId?: string;
};

/** Whether the chain of events is whole. `seq` names the first event that is not what was written. */
export type AuditVerdict =
  | { isWhole: true; events: number; lastHash: string }
  | { isWhole: false; seq: string; reason: 'changed' | 'missing' | 'cut-off' };
