import type { LossClock } from '#lib/model/lag.ts';
import type { TopicRetention } from '#lib/model/topic-retention.ts';

/** What the clock of one partition is set by. Offsets -1 and other numbers NaN while not known. */
export type LossFacts = {
  now: number;
  /** Offset of the next unread record. */
  next: number;
  start: number;
  end: number;
  lag: number;
  /** When that record was written, epoch ms. */
  writtenAt: number;
  /** Bytes of the partition's log. */
  sizeBytes: number;
  producedPerSecond: number;
  retention: TopicRetention | null;
};

/**
 * When retention deletes the next unread record, at the earliest. By time: a segment goes when its youngest record is
 * older than `retention.ms`, and that is never before each of its records is. By size: a segment goes when what
 * lies after it is at least `retention.bytes`; bytes after the record are taken from its offset and the mean size of records.
 */
export function lossClockOf(f: LossFacts): LossClock {
  if (f.start >= 0 && f.next >= 0 && f.next < f.start)
    return { kind: 'lost', records: String(f.start - f.next) };
  if (f.lag <= 0) return { kind: 'none', why: 'Nothing is unread.' };
  if (!f.retention) return { kind: 'unknown', why: 'The retention of the topic is not known.' };
  if (!f.retention.deletes)
    return { kind: 'none', why: 'The topic is compacted: nothing is deleted for its age or size.' };
  const { retentionMs, retentionBytes } = f.retention;
  if (retentionMs < 0 && retentionBytes < 0)
    return { kind: 'none', why: 'The topic keeps its records for ever.' };
  const byTime = retentionMs < 0 ? Number.POSITIVE_INFINITY : f.writtenAt + retentionMs - f.now;
  const bySize = retentionBytes < 0 ? Number.POSITIVE_INFINITY : untilTooLarge(f, retentionBytes);
  if (byTime === Number.POSITIVE_INFINITY && bySize === Number.POSITIVE_INFINITY)
    return {
      kind: 'none',
      why: 'Nothing is written that would push unread records out, and age deletes none.',
    };
  if (byTime <= bySize || (Number.isNaN(bySize) && byTime < Number.POSITIVE_INFINITY))
    return { kind: 'in', ms: Math.max(0, byTime), by: 'time' };
  if (bySize < Number.POSITIVE_INFINITY && !Number.isNaN(byTime))
    return { kind: 'in', ms: Math.max(0, bySize), by: 'size' };
  return {
    kind: 'unknown',
    why: Number.isNaN(byTime)
      ? 'When the next unread record was written is not known yet.'
      : 'The size of the log or its growth is not known yet.',
  };
}

function untilTooLarge(f: LossFacts, retentionBytes: number): number {
  if (f.start < 0 || f.end <= f.start) return Number.NaN;
  const bytesPerRecord = f.sizeBytes / (f.end - f.start);
  const spare = retentionBytes - (f.end - f.next) * bytesPerRecord;
  if (Number.isNaN(spare)) return Number.NaN;
  if (spare <= 0) return 0;
  const growth = f.producedPerSecond * bytesPerRecord;
  return growth === 0 ? Number.POSITIVE_INFINITY : (spare / growth) * 1000;
}

/** The worst over partitions: lost records add up, then the shortest time, then not known. */
export function worstLoss(a: LossClock, b: LossClock): LossClock {
  if (a.kind === 'lost' && b.kind === 'lost')
    return { kind: 'lost', records: String(BigInt(a.records) + BigInt(b.records)) };
  if (a.kind === 'in' && b.kind === 'in') return a.ms <= b.ms ? a : b;
  return rank[a.kind] >= rank[b.kind] ? a : b;
}

const rank = { none: 0, unknown: 1, in: 2, lost: 3 } as const;
