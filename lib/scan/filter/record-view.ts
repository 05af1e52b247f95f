import type { Decoded } from '#lib/serde/decode-plan.ts';

/** One record as a filter sees it: nothing is decoded before it is asked for, and then once. */
export interface RecordView {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  /** Epoch milliseconds. */
  readonly timestamp: bigint;
  readonly size: number;
  /** Undecoded; null for a null key or value. */
  readonly keyBytes: Buffer | null;
  readonly valueBytes: Buffer | null;
  /** Masked as the reader sees it. A null field is `{ value: null }`. */
  key(): Decoded;
  value(): Decoded;
  /** Last value of each name, as text where it is text, else as bytes. */
  headers(): { [name: string]: string | Uint8Array | null };
}

export type Verdict = 'match' | 'no' | { failed: string } | { undecoded: string } | { needs: string };

/** An expression made ready in a worker. */
export interface CompiledFilter {
  /** Never throws. */
  test(record: RecordView): Verdict;
  /**
   * Bytes without which no record can match, as long as its key and value are JSON or text and unmasked: every set must have one
   * member among the bytes of the key, the value or the headers. A record that holds a JSON escape (a backslash) is to be decoded
   * all the same. What is skipped by its bytes is no match, even where the expression would have failed on it; who asks for failed
   * records uses no needles. Empty when nothing can be derived.
   */
  readonly needles: readonly (readonly Buffer[])[];
}
