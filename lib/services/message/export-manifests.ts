import { randomUUID } from 'node:crypto';
import { AppError } from '#lib/errors/app-error.ts';
import type { ExportManifest } from '#lib/model/message-export.ts';
import { registry } from '#lib/process.ts';

type Kept = { userId: string; manifest: ExportManifest; endedAtMs: number | null };

/** How long the manifest of an export that ended can be had, in milliseconds. */
export const manifestLifeMs = 3_600_000;
const mostKept = 500;

const manifests = (): Map<string, Kept> => registry('export-manifests', () => new Map());

/**
 * Keeps the manifest of an export that begins, in this process. It is changed in place while the export runs.
 * @throws AppError `input.invalid` for an id that stands for another export already
 */
export function keepManifest(
  userId: string,
  make: (id: string) => ExportManifest,
  wantedId?: string,
): ExportManifest {
  const all = manifests();
  const now = performance.now();
  for (const [id, { endedAtMs }] of all)
    if (endedAtMs !== null && now - endedAtMs > manifestLifeMs) all.delete(id);
  for (const [id, { endedAtMs }] of all) {
    if (all.size < mostKept) break;
    if (endedAtMs !== null) all.delete(id);
  }
  if (wantedId && all.has(wantedId))
    throw new AppError('input.invalid', {}, { fields: { id: 'Another export has this id.' } });
  const id = wantedId ?? randomUUID();
  const manifest = make(id);
  all.set(id, { userId, manifest, endedAtMs: null });
  return manifest;
}

/** From now on the manifest is kept for its time only. */
export function endManifest(id: string): void {
  const kept = manifests().get(id);
  if (kept) kept.endedAtMs = performance.now();
}

/** The manifest of somebody's own export; undefined when there is none, or it is too long ago. */
export function manifestOf(userId: string, id: string): ExportManifest | undefined {
  const kept = manifests().get(id);
  return kept?.userId === userId ? kept.manifest : undefined;
}
