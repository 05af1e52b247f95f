import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { snapshotOfTopics, topicOf } from '#lib/testing/snapshot.ts';
import { ClusterCollector } from './cluster-collector.ts';
import type { PartName } from './pace.ts';
import type { Snapshot } from './snapshot.ts';

const seen = vi.hoisted(() => ({
  due: [] as PartName[][],
  isSilent: false,
  history: Promise.resolve() as Promise<void>,
}));

vi.mock('./connections.ts', () => ({ kafkaOf: async () => ({}) }));
vi.mock('./keep-history.ts', () => ({ keepHistory: () => seen.history }));
vi.mock('./sample.ts', () => ({
  sampleCluster: async (_client: unknown, before: Snapshot, due: Set<PartName>) => {
    seen.due.push([...due]);
    const picture = snapshotOfTopics([topicOf('orders', 1)]);
    const problem = seen.isSilent ? { code: 'kafka.timeout', status: 504, what: '', next: '' } : null;
    return { ...picture, seq: before.seq + 1, metadata: { ...picture.metadata, problem } };
  },
}));

let collector: ClusterCollector;
beforeEach(() => {
  Object.assign(seen, { due: [], isSilent: false, history: Promise.resolve() });
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

  it('F5: tells the picture before it is kept: a database that hangs does not hold it up', async () => {
    let keep = () => {};
    seen.history = new Promise((done) => {
      keep = done;
    });
    const heard = new Promise<Snapshot>((done) => void collector.watch(done));
    const run = collector.refresh([]);
    expect((await heard).metadata.value?.names).toEqual(['orders']);
    keep();
    await run;
  });
});
