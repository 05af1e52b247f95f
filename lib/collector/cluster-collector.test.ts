import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { snapshotOfTopics, topicOf } from '#lib/testing/snapshot.ts';
import { ClusterCollector } from './cluster-collector.ts';
import type { PartName } from './pace.ts';
import type { Snapshot } from './snapshot.ts';
import { offerPoints, onTick, type Tick } from './ticks.ts';

const seen = vi.hoisted(() => ({
  due: [] as PartName[][],
  isSilent: false,
  isBroken: false,
}));

vi.mock('./connections.ts', () => ({ kafkaOf: async () => ({}) }));
vi.mock('./recall-lines.ts', () => ({ recallLines: async () => {} }));
vi.mock('./sample.ts', () => ({
  sampleCluster: async (_client: unknown, before: Snapshot, due: Set<PartName>) => {
    seen.due.push([...due]);
    if (seen.isBroken) throw new Error('the socket is gone');
    const picture = snapshotOfTopics([topicOf('orders', 1)]);
    const problem = seen.isSilent ? { code: 'kafka.timeout', status: 504, what: '', next: '' } : null;
    return { ...picture, seq: before.seq + 1, metadata: { ...picture.metadata, problem } };
  },
}));

let collector: ClusterCollector;
beforeEach(() => {
  Object.assign(seen, { due: [], isSilent: false, isBroken: false });
  collector = new ClusterCollector('test');
});
afterEach(async () => {
  vi.restoreAllMocks();
  await collector.stop();
});

describe('ClusterCollector', () => {
  it('F10: goes on reading every part when the clock is set back', async () => {
    const clock = vi.spyOn(performance, 'now').mockReturnValue(1_000_000);
    await collector.refresh([]);
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() - 600_000);
    clock.mockReturnValue(1_000_000 + 3_600_000);
    await collector.refresh([]);
    expect(seen.due[1]).toEqual(seen.due[0]);
  });

  it('leaves every part due when there was no metadata to ask it by', async () => {
    seen.isSilent = true;
    await collector.refresh([]);
    seen.isSilent = false;
    await collector.refresh([]);
    expect(seen.due[1]).toEqual(seen.due[0]);
    await collector.refresh(['sizes']);
    expect(seen.due[2]).toEqual(['sizes']);
  });

  it('one reader that fails is let go, and keeps nobody else from the picture', async () => {
    vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const failing = vi.fn(() => {
      throw new Error('stream is closed');
    });
    const heard = vi.fn();
    collector.watch(failing);
    collector.watch(heard);
    await collector.refresh([]);
    await collector.refresh([]);
    expect(failing).toHaveBeenCalledOnce();
    expect(heard.mock.calls.length).toBeGreaterThan(1);
    expect(collector.watchers).toBe(1);
  });

  it('tells a tick with each sample, watched or not, also when the cluster does not answer or reading fails', async () => {
    vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const ticks: Tick[] = [];
    const stop = onTick((tick) => void ticks.push(tick));
    offerPoints('test', 'canary', [{ kind: 'broker.canary-p99', name: '1', value: 7 }], 60_000);
    await collector.refresh([]);
    seen.isSilent = true;
    await collector.refresh([]);
    seen.isBroken = true;
    await collector.refresh([]);
    stop();
    const of = (kind: string) =>
      ticks.map(({ points }) => points.find((point) => point.kind === kind)?.value);
    expect(of('cluster.reachable')).toEqual([1, 0, 0]);
    expect(of('topic.offline')).toEqual([0, undefined, undefined]);
    expect(of('broker.canary-p99')).toEqual([7, 7, 7]);
    expect(ticks.map(({ clusterId }) => clusterId)).toEqual(['test', 'test', 'test']);
  });
});
