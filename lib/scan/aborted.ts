import type { AbortedTransaction } from '#lib/model/log-source.ts';
import type { BatchHeader } from './batch-header.ts';

/** First four bytes of a control record's key: version, then type. */
const ABORT_MARKER = 0;

/**
 * Decides batch by batch, in offset order, which batches of one fetch response belong to aborted transactions (KIP-98): a
 * producer is aborted from the first offset that the broker names until its abort marker. Made anew for each
 * response, because the broker's list covers just that response.
 */
export class AbortedFilter {
  private readonly upcoming: AbortedTransaction[];
  private next = 0;
  private readonly active = new Set<bigint>();

  constructor(aborted: readonly AbortedTransaction[]) {
    this.upcoming = [...aborted].sort((a, b) => compare(a.firstOffset, b.firstOffset));
  }

  /** True when the records of this data batch were aborted. */
  isAborted(batch: BatchHeader): boolean {
    this.advance(batch);
    return batch.isTransactional && this.active.has(batch.producerId);
  }

  /** Takes note of a control batch; `key` is the key of its first record. */
  passMarker(batch: BatchHeader, key: Buffer | null): void {
    this.advance(batch);
    if (key !== null && key.length >= 4 && key.readInt16BE(2) === ABORT_MARKER)
      this.active.delete(batch.producerId);
  }

  private advance(batch: BatchHeader): void {
    for (;;) {
      const transaction = this.upcoming[this.next];
      if (transaction === undefined || transaction.firstOffset > batch.lastOffset) return;
      this.active.add(transaction.producerId);
      this.next++;
    }
  }
}

function compare(a: bigint, b: bigint): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
