import { beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '#lib/errors/app-error.ts';
import type { KeptPositions } from '#lib/gateways/database/offset-backups.ts';
import type { KafkaClient } from '#lib/gateways/kafka/client.ts';
import { contextAs } from '#lib/testing/principals.ts';
import type { Move } from './apply-moves.ts';
import type { LiveGroup } from './live-group.ts';

/** What a broker answers, or keeps from answering, and what is kept of a change then. */
const world = vi.hoisted(() => ({
  committed: new Map<number, bigint>(),
  calls: 0,
  /** Whether nobody says where the group stands. */
  isSilent: false,
  commit: (
    _moves: { partition: number; offset: bigint }[],
  ): { partition: number; error: Error | null }[] => [],
  kept: null as KeptPositions[] | null,
}));

vi.mock('#lib/gateways/kafka/commit-offsets.ts', () => ({
  commitOffsets: async (_client: unknown, _group: string, moves: { partition: number; offset: bigint }[]) => {
    world.calls += 1;
    return world.commit(moves).map((answer) => ({ topic: 'orders', ...answer }));
  },
}));
vi.mock('#lib/gateways/kafka/delete-offsets.ts', () => ({
  deleteOffsets: async () => {
    throw new AppError('kafka.refused', { broker: 'b' });
  },
}));
vi.mock('#lib/gateways/database/offset-backups.ts', () => ({
  keepOffsets: async (backup: { positions: KeptPositions[] }) => {
    world.kept = backup.positions;
  },
  correctKeptOffsets: async (_id: string, backup: { positions: KeptPositions[] }) => {
    world.kept = backup.positions.length > 0 ? backup.positions : null;
  },
}));
vi.mock('./live-group.ts', () => ({
  lookAtGroup: async () => {
    if (world.isSilent) throw new AppError('kafka.no-answer', { reason: 'It is silent.' });
    return { committed: new Map([['orders', world.committed]]) };
  },
}));

const { applyMoves } = await import('./apply-moves.ts');

const moves = [0, 1].map((partition) => ({ topic: 'orders', topicId: 'a', partition, from: 3n, to: 7n }));
const change = { clusterId: 'test', verb: 'group.reset-offsets' as const, words: 'to offset 7' };
const group = { groupId: 'billing', type: 'classic' } as LiveGroup;
const apply = (wanted: Move[] = moves) =>
  applyMoves({} as KafkaClient, contextAs('operator'), { operationId: 'op' }, change, group, wanted);
const arrives = (wanted: { partition: number; offset: bigint }[]) =>
  wanted.map(({ partition, offset }) => {
    world.committed.set(partition, offset);
    return { partition, error: null };
  });
const lost = () => {
  throw new AppError('outcome.unknown', { reason: 'the answer was lost' });
};

beforeEach(() => {
  world.committed = new Map([0, 1].map((partition) => [partition, 3n]));
  world.calls = 0;
  world.isSilent = false;
  world.kept = null;
});

describe('what is kept of a change of positions', () => {
  it('are the positions before and after, written before the change', async () => {
    world.commit = (wanted) => {
      expect(world.kept).toMatchObject([{ before: ['3', '3'], after: ['7', '7'] }]);
      return wanted.map(({ partition }) => ({ partition, error: null }));
    };
    expect(await apply()).toEqual({ resetId: 'op', moved: 2, failures: [] });
    expect(world.kept).toEqual([
      { topic: 'orders', topicId: 'a', partitions: [0, 1], before: ['3', '3'], after: ['7', '7'] },
    ]);
  });

  it('is only what was moved, and nothing when nothing was', async () => {
    const refusal = new AppError('group.active', { group: 'billing', members: '' });
    world.commit = () => [
      { partition: 0, error: null },
      { partition: 1, error: refusal },
    ];
    expect(await apply()).toMatchObject({ moved: 1, failures: [{ partition: 1 }] });
    expect(world.kept).toMatchObject([{ partitions: [0], before: ['3'] }]);
    world.commit = () => [0, 1].map((partition) => ({ partition, error: refusal }));
    await expect(apply()).rejects.toMatchObject({ code: 'group.active' });
    expect(world.kept).toBeNull();
    world.commit = () => {
      throw new AppError('kafka.refused', { broker: 'b' });
    };
    await expect(apply()).rejects.toMatchObject({ code: 'kafka.refused' });
    expect(world.kept).toBeNull();
  });

  it('is what was moved before the change failed half-way, so that it can be taken back', async () => {
    const halfway = [moves[0]!, { ...moves[1]!, to: null }];
    world.commit = arrives;
    await expect(apply(halfway)).rejects.toMatchObject({ code: 'kafka.refused' });
    expect(world.kept).toMatchObject([{ partitions: [0], before: ['3'], after: ['7'] }]);
    world.isSilent = true;
    await expect(apply(halfway)).rejects.toMatchObject({ code: 'kafka.refused' });
    expect(world.kept).toMatchObject([{ partitions: [0, 1], before: ['3', '3'], after: ['7', null] }]);
  });

  it('stays when the answer was lost, and the outcome is read back, never sent again (F9)', async () => {
    world.commit = (wanted) => {
      arrives(wanted);
      return lost();
    };
    expect(await apply()).toMatchObject({ moved: 2, failures: [] });
    expect(world.calls).toBe(1);
    world.committed = new Map([0, 1].map((partition) => [partition, 3n]));
    world.commit = lost;
    await expect(apply()).rejects.toMatchObject({ code: 'outcome.unknown' });
    expect(world.calls).toBe(2);
    expect(world.kept).toMatchObject([{ before: ['3', '3'] }]);
  });
});
