/**
 * What the scan engine needs from a cluster: one topic, seen as logs. The Kafka gateway implements it; tests
 * implement it in memory. Nothing here knows a socket, a protocol version or a credential.
 *
 * Contract for implementers:
 * - a broker that does not answer rejects the call (an `AppError` where possible); the engine names that broker in
 *   the outcome and goes on with the others. Retrying is the engine's job, not the source's;
 * - what Kafka reports per partition is data (`errorCode`, Kafka's own numbers), never a rejection;
 * - an aborted signal rejects promptly with the signal's reason and stops the broker read;
 * - one call goes to one broker in one request: `leader` is the broker that the partitions were listed under.
 */

import type { Isolation } from './message.ts';

export type { Isolation };

/** `at` of a lookup: log start (-2), end (-1: high watermark, or last stable offset when read_committed), or a time. */
export type OffsetAt = 'start' | 'end' | { timestampMs: number };

export interface PartitionLeader {
  partition: number;
  /** Broker id, or -1 while the partition has no leader. */
  leader: number;
}

export interface TopicShape {
  /** Topic id (KIP-516) as text; the empty string on clusters too old to have one. */
  topicId: string;
  /** Every partition of the topic, in ascending order. */
  partitions: PartitionLeader[];
}

export interface OffsetAnswer {
  partition: number;
  /** -1 where Kafka answers -1: no record at or after the time asked for. */
  offset: bigint;
  errorCode: number;
}

export interface FetchAsk {
  partition: number;
  offset: bigint;
  /** Soft limit of this partition's share in bytes (Kafka returns at least one whole batch). */
  maxBytes: number;
}

export interface AbortedTransaction {
  producerId: bigint;
  firstOffset: bigint;
}

export interface FetchAnswer {
  partition: number;
  errorCode: number;
  /**
   * The raw `records` field. Ownership passes to the engine: where the Buffer covers the whole of its ArrayBuffer it is
   * transferred to a worker and is empty afterwards, otherwise it is copied once. Empty when there is nothing.
   */
  records: Buffer;
  /** Offsets are -1 where the broker does not know them (an error, or a version too old). */
  highWatermark: bigint;
  lastStableOffset: bigint;
  logStartOffset: bigint;
  /** Only filled for read_committed. Any order. */
  aborted: AbortedTransaction[];
}

export interface CallOptions {
  signal?: AbortSignal | undefined;
  /** Milliseconds the call may take; the implementer's own deadline applies when absent. */
  timeoutMs?: number | undefined;
}

export interface LogSource {
  /** The topic this source reads. */
  readonly topicName: string;

  /** The shape now; with `refresh`, asked from the cluster rather than from any cache. */
  topic(options?: CallOptions & { refresh?: boolean | undefined }): Promise<TopicShape>;

  /** ListOffsets to one broker for partitions it leads. */
  listOffsets(
    leader: number,
    partitions: number[],
    at: OffsetAt,
    isolation: Isolation,
    options?: CallOptions,
  ): Promise<OffsetAnswer[]>;

  /**
   * One sessionless Fetch (session id 0, epoch -1, min bytes 1, max wait 0 to 100 ms unless `waitMs` says so) to one broker,
   * asks in the given order. `maxBytes` limits the whole response; a partition left out because of it answers with empty `records`
   * although `highWatermark` is past its offset, and is asked again.
   */
  fetch(
    leader: number,
    asks: FetchAsk[],
    options: CallOptions & { maxBytes: number; isolation: Isolation; waitMs?: number },
  ): Promise<FetchAnswer[]>;
}
