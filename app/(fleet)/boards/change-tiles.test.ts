import { describe, expect, it } from 'vitest';
import type { BoardContent, BoardTile } from '#lib/model/board.ts';
import { moveTile, removeTile, replaceTile } from './change-tiles.ts';

const tile = (id: string): BoardTile => ({
  id,
  title: id,
  series: [{ clusterId: 'eu', kind: 'cluster.bytes-in', name: '', label: '' }],
  reduce: 'last',
  window: '10m',
  target: null,
  trend: '1h',
  width: 3,
  height: 1,
});
const board: BoardContent = { name: 'Shop', note: '', tiles: ['a', 'b', 'c'].map(tile) };
const order = ({ tiles }: BoardContent) => tiles.map(({ id }) => id).join('');

describe('tiles of a board', () => {
  it('move by places and stay at the ends', () => {
    expect(order(moveTile(board, 'a', 1))).toBe('bac');
    expect(order(moveTile(board, 'c', -2))).toBe('cab');
    expect(order(moveTile(board, 'a', -1))).toBe('abc');
    expect(order(moveTile(board, 'none', 1))).toBe('abc');
  });
  it('go and change alone', () => {
    expect(order(removeTile(board, 'b'))).toBe('ac');
    const wide = replaceTile(board, { ...tile('b'), width: 12 });
    expect(wide.tiles.map(({ width }) => width)).toEqual([3, 12, 3]);
  });
});
