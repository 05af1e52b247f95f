import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { MetadataColumns } from '#lib/model/columns.ts';
import type { PlanResetOffsetsInput } from '#lib/model/offset-reset.ts';
import { metadataOf } from '#lib/testing/metadata.ts';
import { contextAs } from '#lib/testing/principals.ts';
import { topicOf } from '#lib/testing/snapshot.ts';
import type { LiveGroup } from './live-group.ts';
import { planResetOffsets, resetOffsets } from './reset-offsets.ts';
import { undoReset } from './undo-reset.ts';

/** A share group that was deleted, with what was kept of it: Kafka tells no kind of a group that is gone. */
const world = vi.hoisted(() => ({ group: null as unknown as LiveGroup, changed: [] as LiveGroup[] }));

vi.mock('#lib/collector/connections.ts', () => ({ kafkaOf: async () => ({}) }));
vi.mock('#lib/gateways/database/offset-backups.ts', () => ({
  readOffsetBackup: async () => ({
    ...{ id: 'op', type: 'share', words: 'group deleted', takenAtMs: 0, undoneAtMs: null },
    positions: [{ topic: 'orders', topicId: '', partitions: [0], before: ['5'], after: [null] }],
  }),
  markUndone: async () => {},
}));
vi.mock('#lib/gateways/kafka/read-metadata.ts', async (original) => ({
  ...(await original<object>()),
  readMetadata: async () => metadataOf([topicOf('orders', 1)]),
}));
vi.mock('#lib/gateways/kafka/list-offsets.ts', () => ({
  readOffsets: async (_client: unknown, { partition }: MetadataColumns, at: unknown) => ({
    columns: { offsets: Array.from(partition, () => (at === 'end' ? 9n : 0n)), errors: [0] },
    failures: [],
  }),
}));
vi.mock('./live-group.ts', async (original) => ({
  ...(await original<object>()),
  lookAtGroup: async () => world.group,
}));
vi.mock('./group-change.ts', async (original) => ({
  ...(await original<object>()),
  clusterOf: async () => ({
    ...{ id: 'test', name: 'Test', environment: 'development', readOnly: false },
    connection: { bootstrap: [], tls: { enabled: false }, sasl: { mechanism: 'none' } },
  }),
  showChange: async () => {},
}));
vi.mock('./apply-moves.ts', () => ({
  endedInPart: () => null,
  applyMoves: async (...[, , , , group]: [unknown, unknown, unknown, unknown, LiveGroup]) => {
    world.changed.push(group);
    return { resetId: 'op', moved: 1, failures: [] };
  },
}));

const context = contextAs('operator');
const attempt = { operationId: 'op' };
const of = { clusterId: 'test', groupId: 'billing' };
const saved = { ...of, topics: null, target: { kind: 'saved', resetId: 'op' }, withRecords: false } as const;
const planned = () => planResetOffsets.run(context, saved satisfies PlanResetOffsetsInput);

beforeEach(() => {
  world.changed = [];
  world.group = {
    ...{
      groupId: 'billing',
      type: 'classic',
      groupState: '',
      protocolType: '',
      members: [],
      isActive: false,
    },
    ...{ committed: new Map(), assignedTopics: new Set() },
  };
});

describe('a group that is gone and put back', () => {
  it('is of the kind that it was', async () => {
    await undoReset.run(context, { ...of, resetId: 'op' }, attempt);
    const plan = await planned();
    expect(plan.type).toBe('share');
    expect(plan.sameAs.commandLine).toContain('kafka-share-groups');
    const { positions, words, digest, type } = plan;
    await resetOffsets.run(context, { ...of, positions, words, digest, type, typed: '' }, attempt);
    expect(world.changed.map((group) => group.type)).toEqual(['share', 'share']);
  });

  it('is of the kind that it has by now where there is such a group again', async () => {
    world.group.groupState = 'Empty';
    const { positions, words, digest, type } = await planned();
    expect(type).toBe('classic');
    const act = resetOffsets.run(
      context,
      { ...of, positions, words, digest, type: 'share', typed: '' },
      attempt,
    );
    expect(await act).toMatchObject({ moved: 1 });
    expect(world.changed.map((group) => group.type)).toEqual(['classic']);
  });
});
