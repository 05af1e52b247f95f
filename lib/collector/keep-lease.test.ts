import { afterEach, describe, expect, it } from 'vitest';
import { LeaseKeeper, type LeaseTable } from './keep-lease.ts';

/** Leases as the database keeps them, by a clock that the test moves. */
class Table {
  now = 0;
  isDown = false;
  readonly leases = new Map<string, { holder: string; fence: bigint; until: number }>();

  of(holder: string): LeaseTable {
    return {
      take: async (name, ttlMs) => {
        if (this.isDown) throw new Error('The database does not answer.');
        const lease = this.leases.get(name);
        if (lease && lease.holder !== holder && lease.until > this.now) return null;
        const fence = lease ? lease.fence + (lease.holder === holder ? 0n : 1n) : 1n;
        this.leases.set(name, { holder, fence, until: this.now + ttlMs });
        return { fence };
      },
      release: async (name) => {
        const lease = this.leases.get(name);
        if (lease?.holder === holder) lease.until = this.now - 1;
      },
    };
  }
}

const keepers: LeaseKeeper[] = [];
afterEach(async () => {
  for (const keeper of keepers.splice(0)) await keeper.stop();
});

function keeperOf(table: Table, holder: string): LeaseKeeper {
  const keeper = new LeaseKeeper(table.of(holder), 12_000, () => table.now);
  keepers.push(keeper);
  return keeper;
}

describe('leases of a process (F16)', () => {
  it('are held once they were given, and by one only', async () => {
    const table = new Table();
    const [a, b] = [keeperOf(table, 'a'), keeperOf(table, 'b')];
    expect(a.fenceOf('alerts:one')).toBeNull();
    await a.ask('alerts:one');
    await b.ask('alerts:one');
    expect(a.fenceOf('alerts:one')).toBe(1n);
    expect(b.fenceOf('alerts:one')).toBeNull();
  });

  it('are not believed in for longer than they last when the database does not answer (F5)', async () => {
    const table = new Table();
    const a = keeperOf(table, 'a');
    await a.ask('notices');
    table.isDown = true;
    table.now += 11_999;
    await a.ask('notices');
    expect(a.fenceOf('notices')).toBe(1n);
    table.now += 1;
    expect(a.fenceOf('notices')).toBeNull();
    table.isDown = false;
    await a.ask('notices');
    expect(a.fenceOf('notices')).toBe(1n);
  });

  it('go to another when their holder died, with a greater fence', async () => {
    const table = new Table();
    const [a, b] = [keeperOf(table, 'a'), keeperOf(table, 'b')];
    await a.ask('history:one');
    table.now += 12_001;
    await b.ask('history:one');
    expect(b.fenceOf('history:one')).toBe(2n);
    await a.ask('history:one');
    expect(a.fenceOf('history:one')).toBeNull();
  });

  it('are given back on stop, and taken no more', async () => {
    const table = new Table();
    const [a, b] = [keeperOf(table, 'a'), keeperOf(table, 'b')];
    await a.ask('canary:one');
    await a.stop();
    expect(a.fenceOf('canary:one')).toBeNull();
    await a.ask('canary:one');
    expect(a.fenceOf('canary:one')).toBeNull();
    await b.ask('canary:one');
    expect(b.fenceOf('canary:one')).toBe(2n);
  });

  it('are given back when their cluster is gone', async () => {
    const table = new Table();
    const [a, b] = [keeperOf(table, 'a'), keeperOf(table, 'b')];
    await a.ask('canary:one');
    await a.forget('canary:one');
    await b.ask('canary:one');
    expect(b.fenceOf('canary:one')).toBe(2n);
  });
});
