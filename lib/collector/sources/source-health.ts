import { toProblem } from '#lib/errors/to-problem.ts';
import { log } from '#lib/log.ts';
import { registry } from '#lib/process.ts';

/** How a source of one cluster is, by what it is asked of: a broker id, or the empty string for the whole. */
export type SourceHealth = {
  /** When it answered last, epoch milliseconds; null before it ever did. */
  answeredAt: number | null;
  /** Why the newest attempt failed; null when it did not. */
  problem: { what: string; next: string } | null;
};

export type SourceName = 'metrics' | 'canary' | 'connect' | 'certificates';

const healths = (): Map<string, Map<string, SourceHealth>> => registry('source-health', () => new Map());

const keyOf = (clusterId: string, source: SourceName): string => `${clusterId}\n${source}`;

/** How a source is by its parts, as it was met last. Empty before it was asked. */
export const sourceHealth = (clusterId: string, source: SourceName): ReadonlyMap<string, SourceHealth> =>
  healths().get(keyOf(clusterId, source)) ?? new Map();

/** Keeps that a part of a source answered, or why it did not. The log hears of it when that changes. */
export function noteSource(clusterId: string, source: SourceName, part: string, error: unknown): void {
  const key = keyOf(clusterId, source);
  let parts = healths().get(key);
  if (!parts) {
    parts = new Map();
    healths().set(key, parts);
  }
  const before = parts.get(part);
  if (error === null) {
    if (before?.problem) log.info('source.answers-again', { cluster: clusterId, name: source, target: part });
    parts.set(part, { answeredAt: Date.now(), problem: null });
    return;
  }
  const { what, next } = toProblem(error);
  if (before?.problem?.what !== what)
    log.warn('source.failed', { cluster: clusterId, name: source, target: part, reason: what });
  parts.set(part, { answeredAt: before?.answeredAt ?? null, problem: { what, next } });
}

/** Forgets what was known of a source: it is gone, or asked in another way from now on. */
export const forgetSource = (clusterId: string, source: SourceName): void =>
  void healths().delete(keyOf(clusterId, source));

/** Forgets a part of a source that is there no more. */
export function keepParts(clusterId: string, source: SourceName, parts: ReadonlySet<string>): void {
  const known = healths().get(keyOf(clusterId, source));
  for (const part of known?.keys() ?? []) if (!parts.has(part)) known?.delete(part);
}
