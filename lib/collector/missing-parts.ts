import type { MissingPart } from '#lib/model/listing.ts';
import type { Snapshot } from './snapshot.ts';

type PartKey =
  | 'metadata'
  | 'ends'
  | 'starts'
  | 'sizes'
  | 'groups'
  | 'groupOffsets'
  | 'quorum'
  | 'minIsr'
  | 'features';

const nouns: Record<PartKey, string> = {
  metadata: 'topics and brokers',
  ends: 'end offsets',
  starts: 'start offsets',
  sizes: 'sizes',
  groups: 'groups',
  groupOffsets: 'lag',
  quorum: 'the controller quorum',
  minIsr: 'min.insync.replicas',
  features: 'feature levels',
};

/**
 * What could not be read of the given parts, one sentence each: a part that failed as a whole, and brokers
 * that did not give their share. The metadata itself is always among them: without it everything is old.
 */
export function missingParts(snapshot: Snapshot, keys: readonly PartKey[]): MissingPart[] {
  const missing: MissingPart[] = [];
  if (snapshot.metadata.problem) {
    missing.push({
      part: nouns.metadata,
      sentence: `The cluster does not answer. ${snapshot.metadata.problem.what}`,
      since: iso(snapshot.metadata.at),
    });
  }
  const byBroker = new Map<number, { parts: string[]; sentence: string }>();
  for (const key of keys) {
    const part = snapshot[key];
    if (part.problem)
      missing.push({
        part: nouns[key],
        sentence: `${capital(nouns[key])} could not be read. ${part.problem.what}`,
        since: iso(part.at),
      });
    for (const { broker, sentence } of part.failures) {
      const entry = byBroker.get(broker) ?? { parts: [], sentence };
      entry.parts.push(nouns[key]);
      byBroker.set(broker, entry);
    }
  }
  for (const [broker, { parts, sentence }] of [...byBroker].sort(([a], [b]) => a - b)) {
    missing.push({
      part: `broker ${broker}`,
      sentence: `Broker ${broker} did not tell its ${listed(parts)}. ${sentence}`,
      since: iso(snapshot.brokersDown.get(broker)?.since ?? null),
    });
  }
  return missing;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const listed = (parts: string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;

/** Epoch ms as ISO 8601. */
export const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

/** NaN, which columns use for unknown, as null. */
export const numberOrNull = (value: number): number | null => (Number.isNaN(value) ? null : value);
