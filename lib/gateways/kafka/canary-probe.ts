import { randomUUID } from 'node:crypto';
import {
  produceV3,
  produceV4,
  produceV5,
  produceV6,
  produceV7,
  produceV8,
  produceV9,
  produceV10,
  produceV11,
} from '@platformatic/kafka';
import { AppError } from '#lib/errors/app-error.ts';
import type { KafkaChannel } from './client.ts';
import { itemError } from './translate.ts';
import { libraryApi } from './wire/api.ts';

const produceApi = libraryApi(
  'Produce',
  produceV11.api,
  produceV10.api,
  produceV9.api,
  produceV8.api,
  produceV7.api,
  produceV6.api,
  produceV5.api,
  produceV4.api,
  produceV3.api,
);

/** A partition and the broker that leads it. */
export type ProbePlace = { broker: number; topic: string; topicId: string; partition: number };

/** Connections of its own for each: a broker answers one connection in order, and a fetch that waits would hold the record up. */
export type ProbeChannels = { write: KafkaChannel; read: KafkaChannel };

const waitMs = 1_000;
const mostBytes = 65_536;
const offsetOutOfRange = 1;

/** Writes a record to one partition, and reads it back as a consumer would that waits for it. */
export class CanaryProbe {
  readonly place: ProbePlace;
  readonly #channels: ProbeChannels;
  /** Where the next record will be; null while it is not known. */
  #next: bigint | null = null;

  constructor(place: ProbePlace, channels: ProbeChannels) {
    this.place = place;
    this.#channels = channels;
  }

  /**
   * One record's way there and back.
   * @returns milliseconds from sending it, acknowledged by all replicas in sync, until it was read
   * @throws AppError what Kafka refused, or why no answer came within `timeoutMs`
   */
  async run(timeoutMs: number, signal: AbortSignal): Promise<number> {
    const mark = Buffer.from(randomUUID());
    const ended = new AbortController();
    const until = AbortSignal.any([signal, ended.signal]);
    const startedAt = performance.now();
    const deadline = startedAt + timeoutMs;
    // A consumer waits already when a record is written: so does this.
    const waiting = this.#next === null ? null : this.#await(mark, this.#next, deadline, until);
    waiting?.catch(() => undefined);
    try {
      const offset = await this.#write(mark, deadline, signal);
      const found = await (waiting ?? this.#await(mark, offset, deadline, until));
      this.#next = found + 1n;
      const ms = performance.now() - startedAt;
      // The answer may have lain here for a while: late is late.
      if (ms > timeoutMs) throw this.#late(timeoutMs);
      return ms;
    } catch (error) {
      this.#next = null;
      throw error;
    } finally {
      ended.abort(new AppError('server.stopping'));
    }
  }

  async #write(mark: Buffer, deadline: number, signal: AbortSignal): Promise<bigint> {
    const { topic, partition, broker } = this.place;
    const timeoutMs = Math.max(1, Math.round(deadline - performance.now()));
    const { value } = await this.#channels.write.call(
      produceApi,
      [-1, timeoutMs, [{ topic, partition, value: mark }], {}],
      { broker },
      { timeoutMs, signal },
    );
    const answer = typeof value === 'boolean' ? undefined : value.responses[0]?.partitionResponses[0];
    if (!answer) throw itemError(3, null, this.#facts());
    if (answer.errorCode !== 0) throw itemError(answer.errorCode, answer.errorMessage, this.#facts());
    return answer.baseOffset;
  }

  /** Waits until the mark is read. @returns its offset, or that of the last record of its batch */
  async #await(mark: Buffer, from: bigint, deadline: number, signal: AbortSignal): Promise<bigint> {
    const { topic, topicId, partition, broker } = this.place;
    let offset = from;
    for (;;) {
      signal.throwIfAborted();
      const timeoutMs = deadline - performance.now();
      if (timeoutMs <= 0) throw this.#late(0);
      const request = {
        ...{ topic, topicId, partitions: [{ partition, offset, maxBytes: mostBytes }] },
        ...{ isolation: 'read_uncommitted' as const, minBytes: 1, maxBytes: mostBytes },
        maxWaitMs: Math.min(waitMs, Math.max(0, Math.floor(timeoutMs / 2))),
      };
      const answer = await this.#channels.read.fetchRaw(broker, request, { timeoutMs, signal });
      const got = answer.partitions[0];
      const code = answer.errorCode || (got?.errorCode ?? 0);
      // What was written last may have been deleted, or lost by a new leader: where the log ends now is told with the answer.
      if (code === offsetOutOfRange && got && got.highWatermark >= 0n && got.highWatermark !== offset) {
        offset = got.highWatermark;
        continue;
      }
      if (code !== 0) throw itemError(code, null, this.#facts());
      const last = lastOffset(got?.records ?? Buffer.alloc(0));
      if (last === null) continue;
      if (got!.records.includes(mark)) return last;
      offset = last + 1n;
    }
  }

  #late(timeoutMs: number): AppError {
    return new AppError('kafka.timeout', { broker: `Broker ${this.place.broker}`, api: 'Fetch', timeoutMs });
  }

  #facts() {
    const { topic, partition } = this.place;
    return {
      topic,
      subject: `${topic} partition ${partition}`,
      operation: `use the canary's topic ${topic}`,
    };
  }
}

/** The offset of the last record in whole batches of magic 2 (KIP-98: base offset, length, …, last offset delta at 23); null without one. */
function lastOffset(records: Buffer): bigint | null {
  let last: bigint | null = null;
  let at = 0;
  while (at + 27 <= records.length) {
    const size = 12 + records.readInt32BE(at + 8);
    if (size < 27 || at + size > records.length) break;
    last = records.readBigInt64BE(at) + BigInt(records.readInt32BE(at + 23));
    at += size;
  }
  return last;
}
