import {
  findCoordinatorV0,
  findCoordinatorV1,
  findCoordinatorV2,
  findCoordinatorV3,
  findCoordinatorV4,
  findCoordinatorV5,
  findCoordinatorV6,
} from '@platformatic/kafka';
import { libraryApi } from './wire/api.ts';
import type { CallOptions, Channel } from './wire/channel.ts';

export type CoordinatorType = 'group' | 'transaction';

const keyTypes: Readonly<Record<CoordinatorType, number>> = { group: 0, transaction: 1 };
const keptMs = 60_000;

const batched = libraryApi(
  'FindCoordinator',
  findCoordinatorV6.api,
  findCoordinatorV5.api,
  findCoordinatorV4.api,
);
const single = libraryApi(
  'FindCoordinator',
  findCoordinatorV3.api,
  findCoordinatorV2.api,
  findCoordinatorV1.api,
  findCoordinatorV0.api,
);

/** Which broker coordinates a group or a transaction; answers are kept for a minute. */
export class Coordinators {
  private readonly channel: Channel;
  private readonly kept = new Map<string, { broker: number; until: number }>();

  constructor(channel: Channel) {
    this.channel = channel;
  }

  /** Brokers by key; -1 where Kafka names none now. */
  async resolve(
    type: CoordinatorType,
    keys: readonly string[],
    options: CallOptions = {},
  ): Promise<Map<string, number>> {
    const found = new Map<string, number>();
    const asked: string[] = [];
    for (const key of new Set(keys)) {
      const kept = this.kept.get(`${type}:${key}`);
      if (kept && kept.until > performance.now()) found.set(key, kept.broker);
      else asked.push(key);
    }
    if (asked.length === 0) return found;
    const offered = await this.channel.versions('any', options);
    const newest = offered.get(single.key)?.[1] ?? 0;
    const answers =
      newest >= 4
        ? await this.askTogether(type, asked, options)
        : await Promise.all(asked.map((key) => this.askAlone(type, key, options)));
    for (const { key, broker } of answers.flat()) {
      found.set(key, broker);
      if (broker >= 0) this.keep(`${type}:${key}`, broker);
    }
    for (const key of asked) if (!found.has(key)) found.set(key, -1);
    return found;
  }

  forget(type: CoordinatorType, key: string): void {
    this.kept.delete(`${type}:${key}`);
  }

  private keep(key: string, broker: number): void {
    if (this.kept.size > 20_000) this.kept.clear();
    this.kept.set(key, { broker, until: performance.now() + keptMs });
  }

  private async askTogether(type: CoordinatorType, keys: string[], options: CallOptions) {
    const { value } = await this.channel.call(batched, [keyTypes[type], keys], 'any', options);
    return value.coordinators.map((one) => ({ key: one.key, broker: one.errorCode === 0 ? one.nodeId : -1 }));
  }

  private async askAlone(type: CoordinatorType, key: string, options: CallOptions) {
    const { value } = await this.channel.call(single, [keyTypes[type], [key]], 'any', options);
    return value.coordinators.map((one) => ({ key, broker: one.errorCode === 0 ? one.nodeId : -1 }));
  }
}
