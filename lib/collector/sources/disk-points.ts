import type { LogDir } from '#lib/model/columns.ts';
import type { SamplePoint } from '../ticks.ts';
import { DiskFill } from './disk-days.ts';

/** What brokers tell of the volumes that their log dirs lie on (KIP-827), with how fast each fills. */
export class Disks {
  readonly #fills = new Map<string, DiskFill>();

  /** The numbers of each broker: of its fullest volume, and of the one that is full first. A broker that does not tell has none. */
  points(dirs: readonly LogDir[], at: number): SamplePoint[] {
    const brokers = new Map<number, { free: number; total: number; days: number }>();
    for (const dir of dirs) {
      const { broker, totalBytes: total, freeBytes: free } = dir;
      if (total === null || free === null || total <= 0) continue;
      const days = this.#days(keyOf(dir), { at, free });
      const known = brokers.get(broker);
      if (!known) brokers.set(broker, { free, total, days });
      else {
        if (free / total < known.free / known.total) Object.assign(known, { free, total });
        if (!(known.days <= days)) known.days = days;
      }
    }
    return [...brokers].flatMap(([id, { free, total, days }]) => [
      { kind: 'broker.disk-free', name: String(id), value: free },
      { kind: 'broker.disk-total', name: String(id), value: total },
      { kind: 'broker.disk-days', name: String(id), value: days },
    ]);
  }

  /**
   * Takes over what was free before, oldest first, as history has it by broker: a restart does not begin anew. Of a broker with several volumes
   * history does not say whose it was.
   */
  remember(
    dirs: readonly LogDir[],
    history: ReadonlyMap<number, readonly { at: number; free: number }[]>,
  ): void {
    for (const [broker, own] of Map.groupBy(dirs, (dir) => dir.broker)) {
      if (own.length !== 1) continue;
      const fill = this.#fillOf(keyOf(own[0]!));
      for (const level of history.get(broker) ?? []) fill.add(level);
    }
  }

  #fillOf(key: string): DiskFill {
    let fill = this.#fills.get(key);
    if (!fill) {
      fill = new DiskFill();
      this.#fills.set(key, fill);
    }
    return fill;
  }

  #days(key: string, level: { at: number; free: number }): number {
    const fill = this.#fillOf(key);
    const days = fill.days(level);
    fill.add(level);
    return days;
  }
}

const keyOf = ({ broker, path }: LogDir): string => `${broker}\n${path}`;
