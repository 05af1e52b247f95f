import { describe, expect, it, vi } from 'vitest';
import { partOf, snapshotOfTopics, topicOf } from '#lib/testing/snapshot.ts';
import { keepHistory, pointsOf } from './keep-history.ts';
import { MinuteRing } from './minute-ring.ts';
import { groupLag } from './roll-up.ts';
import type { GroupEntry, Snapshot } from './snapshot.ts';

vi.mock('#lib/gateways/database/series.ts', () => ({ appendSample: async () => {} }));

const group = (groupId: string): GroupEntry => ({
  groupId,
  protocolType: 'consumer',
  groupState: 'Stable',
  type: 'classic',
  coordinator: 1,
});

const picture = snapshotOfTopics([topicOf('orders', 1, [1, 2])], { alive: [1, 2] });
const known: Snapshot = {
  ...picture,
  sizes: partOf({
    sizeBytes: Float64Array.from([700, Number.NaN]),
    logDirIndex: new Int16Array(2),
    logDirs: [{ broker: 1, path: '/data', errorCode: 0, totalBytes: null, freeBytes: null }],
  }),
};
const pointOf = (snapshot: Snapshot, kind: string, name: string) =>
  pointsOf(snapshot).find((point) => point.kind === kind && point.name === name)?.value;

describe('pointsOf', () => {
  it('writes unknown, never zero, for the size of a broker that did not tell it', () => {
    expect(pointOf(known, 'broker.size', '1')).toBe(700);
    expect(pointOf(known, 'broker.size', '2')).toBeNaN();
  });

  it('writes unknown, never zero, for traffic before two readings can be compared', () => {
    expect(pointOf(known, 'broker.bytes-in', '1')).toBeNaN();
    const flowing = { ...known, rates: { ...known.rates, bytesIn: 0 } };
    expect(pointOf(flowing, 'broker.bytes-in', '1')).toBe(0);
  });
});

describe('keepHistory', () => {
  const keeper = () => ({
    topicRing: new MinuteRing(),
    groupRing: new MinuteRing(),
    brokerRing: new MinuteRing(),
    clusterRing: new MinuteRing(),
    keptEndsAt: null as number | null,
  });
  const withGroups = (at: number, ...ids: string[]): Snapshot => ({
    ...known,
    ends: partOf({ offsets: BigInt64Array.from([9n]), errors: new Int16Array(1) }, at),
    groups: partOf(ids.map(group)),
    groupOffsets: partOf(
      new Map(
        ids.map((id) => [
          id,
          groupLag(
            Int32Array.from([0]),
            BigInt64Array.from([4n]),
            { offsets: BigInt64Array.from([9n]), errors: new Int16Array(1) },
            1,
          ),
        ]),
      ),
    ),
  });

  it('forgets groups that are gone, and none while a broker does not tell its own', async () => {
    const kept = keeper();
    await keepHistory(kept, withGroups(60_000, 'console-1', 'orders'));
    const partial = withGroups(120_000, 'orders');
    partial.groups.failures = [{ broker: 2, code: 'kafka.timeout', sentence: 'It hangs.' }];
    await keepHistory(kept, partial);
    expect(kept.groupRing.read('console-1')).not.toEqual([]);
    await keepHistory(kept, withGroups(180_000, 'orders'));
    expect(kept.groupRing.read('console-1')).toEqual([]);
    expect(kept.groupRing.read('orders')).not.toEqual([]);
  });
});
