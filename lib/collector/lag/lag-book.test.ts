import { describe, expect, it } from 'vitest';
import { ListGroupsInput } from '#lib/model/group.ts';
import { lagStates } from '#lib/model/lag.ts';
import { partOf, snapshotOfTopics, topicOf } from '#lib/testing/snapshot.ts';
import type { SampledSnapshot } from '../read-snapshot.ts';
import { groupLag } from '../roll-up.ts';
import type { GroupEntry, Snapshot } from '../snapshot.ts';
import { viewGroups } from '../view-groups.ts';
import { groupPoints, memberPoints } from './group-points.ts';
import { LagBook } from './lag-book.ts';

const group = (groupState = 'Stable'): GroupEntry => ({
  groupId: 'g',
  protocolType: 'consumer',
  groupState,
  type: 'classic',
  coordinator: 1,
});

const listInput = ListGroupsInput.parse({ clusterId: crypto.randomUUID() });

type Reading = {
  committed: bigint[];
  ends: bigint[];
  starts?: bigint[];
  groupState?: string;
  protocolType?: string;
  topics?: string[];
};

/** Reads a group on one topic of two partitions every ten seconds, as a sample would. */
function follow() {
  const book = new LagBook();
  let seconds = 0;
  let names: string[] | null = null;
  let last: Snapshot;
  const read = async ({
    committed,
    ends,
    starts,
    groupState,
    protocolType = 'consumer',
    topics = ['orders'],
  }: Reading) => {
    seconds += 10;
    const at = seconds * 1_000;
    const picture = snapshotOfTopics(topics.map((topic) => topicOf(topic, 2)));
    const metadata = picture.metadata.value;
    // As a sample does where nothing was added or removed.
    if (names && names.join() === metadata.names.join()) metadata.names = names;
    names = metadata.names;
    const first = metadata.partitionStart[metadata.names.indexOf('orders')]!;
    const column = (values: bigint[]) => {
      const offsets = new BigInt64Array(metadata.partition.length).fill(0n);
      values.forEach((value, i) => {
        offsets[first + i] = value;
      });
      return { offsets, errors: new Int16Array(offsets.length) };
    };
    const rows = Int32Array.from(committed, (_, i) => first + i);
    last = {
      ...picture,
      lag: book,
      sampledAt: at,
      ends: partOf(column(ends), at),
      starts: partOf(column(starts ?? [0n, 0n]), at),
      groups: partOf([{ ...group(groupState), protocolType }], at),
      groupOffsets: partOf(
        new Map([
          ['g', groupLag(rows, BigInt64Array.from(committed), column(ends), Math.min(1, rows.length))],
        ]),
        at,
      ),
    };
    await book.observe(last);
    return last;
  };
  return { book, read, sum: () => book.sumOf('g')!, state: () => lagStates[book.sumOf('g')!.state] };
}

const many = async (count: number, readingAt: (i: number) => Reading, world: ReturnType<typeof follow>) => {
  for (let i = 0; i < count; i++) await world.read(readingAt(i));
};

describe('what readings add up to', () => {
  it('a group that reaches the end again and again keeps up', async () => {
    const world = follow();
    await many(
      12,
      (i) => ({
        committed: [BigInt(i * 10), BigInt(i * 10 - (i % 2) * 3)].map((o) => (o < 0n ? 0n : o)),
        ends: [BigInt(i * 10), BigInt(i * 10)],
      }),
      world,
    );
    expect(world.state()).toBe('ok');
  });

  it('one that reads more slowly than is written falls behind, and its worst partition gives the state', async () => {
    const world = follow();
    await many(
      12,
      (i) => ({ committed: [BigInt(i * 100), BigInt(i * 40)], ends: [BigInt(i * 100), BigInt(i * 100)] }),
      world,
    );
    expect(world.state()).toBe('falling-behind');
    expect(world.sum()).toMatchObject({
      lag: 660,
      slowest: { topic: 'orders', partition: 1 },
      catchUp: { kind: 'never' },
    });
    expect(world.sum().worst).toMatchObject({ topic: 'orders', partition: 1 });
  });

  it('one that hangs is stalled after ten readings, not before', async () => {
    const world = follow();
    const hung = (i: number): Reading => ({ committed: [50n, 50n], ends: [BigInt(60 + i * 10), 50n] });
    await many(9, hung, world);
    expect(world.state()).toBe('ok');
    await many(2, (i) => hung(i + 9), world);
    expect(world.state()).toBe('stalled');
    expect(world.sum().states[lagStates.indexOf('stalled')]).toBe(1);
  });

  it('one that is killed is stopped when its members have been gone for as long', async () => {
    const world = follow();
    await many(5, (i) => ({ committed: [BigInt(i * 10), 0n], ends: [BigInt(i * 10), 0n] }), world);
    const gone = (i: number): Reading => ({
      committed: [40n, 0n],
      ends: [BigInt(50 + i * 10), 0n],
      groupState: 'Empty',
    });
    await many(5, gone, world);
    expect(world.state()).toBe('ok');
    await many(6, (i) => gone(i + 5), world);
    expect(world.state()).toBe('stopped');
  });

  it('one that is set back is rewound until it is where it was', async () => {
    const world = follow();
    await many(3, (i) => ({ committed: [BigInt(100 + i), 5n], ends: [BigInt(100 + i), 5n] }), world);
    await world.read({ committed: [20n, 5n], ends: [103n, 5n] });
    expect(world.state()).toBe('rewound');
    await world.read({ committed: [101n, 5n], ends: [104n, 5n] });
    expect(world.state()).toBe('rewound');
    await world.read({ committed: [105n, 5n], ends: [105n, 5n] });
    expect(world.state()).toBe('ok');
  });

  it('one with members that has committed nothing anywhere is told as that, not as keeping up', async () => {
    const silent = (own: Partial<Reading> = {}) => ({ committed: [], ends: [10n, 10n], ...own });
    const stateOf = async (reading: Reading) => {
      const snapshot = await follow().read(reading);
      const { rows, lagStates: counts } = viewGroups(snapshot as SampledSnapshot, listInput, () => []);
      const point = groupPoints(snapshot).find(({ kind }) => kind === 'group.state');
      return [lagStates[point!.value] ?? null, rows[0]!.lag?.state ?? null, counts['never-committed']];
    };
    expect(await stateOf(silent())).toEqual(['never-committed', 'never-committed', 1]);
    // Nobody is there who could have, or workers that keep no positions.
    expect(await stateOf(silent({ groupState: 'Empty' }))).toEqual([null, null, 0]);
    expect(await stateOf(silent({ protocolType: 'connect' }))).toEqual([null, null, 0]);
    expect(await stateOf(silent({ committed: [10n, 10n] }))).toEqual(['ok', 'ok', 0]);
  });

  it('one that retention has passed is over-run, with the records it lost', async () => {
    const world = follow();
    await world.read({ committed: [20n, 5n], ends: [103n, 5n], starts: [30n, 0n] });
    expect(world.state()).toBe('over-run');
    expect(world.sum()).toMatchObject({ lag: 73, loss: { kind: 'lost', records: '10' } });
  });

  it('goes on when a topic comes before it by name', async () => {
    const world = follow();
    await many(
      6,
      (i) => ({ committed: [BigInt(i * 10), BigInt(i)], ends: [BigInt(i * 100), BigInt(i)] }),
      world,
    );
    await many(
      6,
      (i) => ({
        committed: [BigInt(60 + i * 10), 6n],
        ends: [BigInt(600 + i * 100), 6n],
        topics: ['apples', 'orders'],
      }),
      world,
    );
    expect(world.state()).toBe('falling-behind');
    expect(world.sum().lagMs).toBeGreaterThan(60_000);
  });

  it('wants a look where records wait whose time no table has, until it has found them', async () => {
    const world = follow();
    const { metadata } = await world.read({ committed: [20n, 100n], ends: [100n, 100n] });
    const [place, ...others] = world.book.placesToLook(metadata.value!);
    expect(place).toEqual({ groupId: 'g', row: 0, committed: 20, offset: 20 });
    expect(others).toEqual([]);
    world.book.learn('g', 0, { committed: 20, next: 20, timeMs: 5_000, until: 30 });
    await world.read({ committed: [20n, 100n], ends: [100n, 100n] });
    expect(world.sum().lagMs).toBe(15_000);
    await world.read({ committed: [20n, 100n], ends: [100n, 100n] });
    expect(world.book.placesToLook(metadata.value!)).toEqual([]);
  });

  it('looks on behind markers when more was written, and counts none of them', async () => {
    const world = follow();
    const { metadata } = await world.read({ committed: [99n, 100n], ends: [100n, 100n] });
    world.book.learn('g', 0, { committed: 99, next: -1, timeMs: Number.NaN, until: 100 });
    await world.read({ committed: [99n, 100n], ends: [100n, 100n] });
    expect(world.sum()).toMatchObject({ lag: 0, lagMs: 0 });
    expect(world.book.placesToLook(metadata.value!)).toEqual([]);
    // A position that was there at the reading before is common: only one that stands for a while is looked behind.
    await many(4, () => ({ committed: [99n, 100n], ends: [102n, 100n] }), world);
    expect(world.sum().lag).toBe(2);
    expect(world.book.placesToLook(metadata.value!)).toEqual([]);
    await many(2, () => ({ committed: [99n, 100n], ends: [102n, 100n] }), world);
    expect(world.book.placesToLook(metadata.value!)).toMatchObject([{ committed: 99, offset: 100 }]);
  });
});

describe('points of groups', () => {
  it('are told kind by kind, with the state as its number', async () => {
    const world = follow();
    const snapshot = await world.read({ committed: [20n, 5n], ends: [103n, 5n], starts: [30n, 0n] });
    const points = new Map(groupPoints(snapshot).map(({ kind, name, value }) => [`${kind} ${name}`, value]));
    expect(points.get('group.state g')).toBe(lagStates.indexOf('over-run'));
    expect([points.get('group.lag g'), points.get('group.lost g'), points.get('group.loss-clock g')]).toEqual(
      [73, 10, 0],
    );
    expect(memberPoints(snapshot).filter(({ kind }) => kind === 'member.lag')).toEqual([
      { kind: 'member.lag', name: 'g\torders/0', value: 73 },
      { kind: 'member.lag', name: 'g\torders/1', value: 0 },
    ]);
  });

  const pointOf = (snapshot: Snapshot, kind: string) =>
    groupPoints(snapshot).find((point) => point.kind === kind)?.value;

  it('are unknown while a leader is away: lag neither falls, nor are records that were lost there again', async () => {
    const world = follow();
    const before = await world.read({ committed: [20n, 5n], ends: [100n, 15n], starts: [30n, 0n] });
    expect([pointOf(before, 'group.lag'), pointOf(before, 'group.lost')]).toEqual([80, 10]);
    const away = await world.read({ committed: [20n, 5n], ends: [-1n, 15n], starts: [-1n, 0n] });
    expect(world.sum().lag).toBe(10);
    for (const kind of ['group.lag', 'group.lag-time', 'group.lost', 'group.state'])
      expect(pointOf(away, kind)).toBeNaN();
  });

  it('of a group whose coordinator is silent are unknown under its name', async () => {
    const world = follow();
    const last = await world.read({ committed: [20n, 5n], ends: [100n, 15n] });
    const failures = [{ broker: 1, code: 'kafka.no-answer' as const, sentence: '' }];
    const silent = {
      ...last,
      groups: { ...partOf<GroupEntry[]>([], 20_000), failures },
      groupOffsets: { ...partOf(new Map(), 20_000), failures },
    };
    await world.book.observe(silent);
    const kinds = groupPoints(last).map(({ kind }) => kind);
    expect(kinds).toContain('group.lag');
    for (const kind of kinds) expect(pointOf(silent, kind), kind).toBeNaN();
    expect(memberPoints(silent).map(({ name, value }) => [name, value])).toEqual(
      memberPoints(last).map(({ name }) => [name, Number.NaN]),
    );
  });

  it('of a group that is listed and answered for with an error are unknown, and it is not forgotten', async () => {
    const world = follow();
    const last = await world.read({ committed: [20n, 5n], ends: [100n, 15n] });
    const refused = { ...last, groupOffsets: partOf(new Map(), 20_000) };
    await world.book.observe(refused);
    expect(pointOf(refused, 'group.lag')).toBeNaN();
    await world.book.observe({
      ...refused,
      groups: partOf([], 30_000),
      groupOffsets: partOf(new Map(), 30_000),
    });
    expect(world.book.groupIds()).toEqual([]);
  });

  it('are not told from ends that could not be read now', async () => {
    const world = follow();
    const snapshot = await world.read({ committed: [20n, 5n], ends: [103n, 5n] });
    const problem = { code: 'kafka.no-answer', what: '', next: '' };
    const old = { ...snapshot, ends: { ...snapshot.ends, problem: problem as never } };
    expect([groupPoints(old), memberPoints(old)]).toEqual([[], []]);
  });
});
