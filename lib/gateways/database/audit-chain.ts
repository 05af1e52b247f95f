import { createHash } from 'node:crypto';
import type { AuditEvent } from '#lib/model/audit.ts';

/** What stands before the first event. */
export const chainStart = '0'.repeat(64);

export type ChainedEvent = AuditEvent & { seq: bigint; isOpening: boolean; atMs: number };

const detailsLimit = 256_000;

/**
 * Text as PostgreSQL and the next reader take it: no NUL, which it refuses, and no half of a surrogate pair.
 */
export const cleanText = (text: string): string => text.toWellFormed().replaceAll('\u0000', '\u2400');

/** A value as it comes back from a jsonb column, keys in order, so that its hash can be computed again. */
export function canonical(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'string') return cleanText(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'boolean' || value === null) return value;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((item) => canonical(item ?? null));
  if (typeof value !== 'object') return null;
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .map(([key, item]) => [cleanText(key), canonical(item)] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return Object.fromEntries(entries);
}

/** Details fit to be stored. What is larger than 256 kB is replaced by a note that says so. */
export function storable(details: unknown): unknown {
  const value = canonical(details ?? {});
  const sizeBytes = Buffer.byteLength(JSON.stringify(value));
  return sizeBytes > detailsLimit ? { notRecorded: 'larger than 256 kB', sizeBytes } : value;
}

/** The hash of an event: SHA-256 over the hash before it and every field in a fixed order, hex. */
export function eventHash(previous: string, event: ChainedEvent): string {
  const fields = [
    ...[previous, event.seq.toString(), event.operationId, event.phase, event.isOpening, event.atMs],
    ...[event.actorId, event.actorName, event.actorRole, event.actorVia],
    ...[event.ip, event.userAgent, event.requestId],
    ...[event.action, event.targetType, event.targetId, event.clusterId],
    ...[canonical(event.details), event.errorCode],
  ];
  return createHash('sha256').update(JSON.stringify(fields)).digest('hex');
}
