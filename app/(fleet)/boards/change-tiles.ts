import type { BoardContent, BoardTile, BoardView } from '#lib/model/board.ts';

/** What is kept of a board that is shown: its tiles without their values. */
export const contentOf = ({ name, note, tiles }: BoardView): BoardContent => ({
  name,
  note,
  tiles: tiles.map(({ values: _values, ...tile }) => tile),
});

/** The board with a tile taken `by` places later, or earlier when negative; at an end it stays. */
export function moveTile(content: BoardContent, id: string, by: number): BoardContent {
  const from = content.tiles.findIndex((tile) => tile.id === id);
  const to = Math.min(content.tiles.length - 1, Math.max(0, from + by));
  const tile = content.tiles[from];
  if (!tile) return content;
  const rest = content.tiles.filter((each) => each.id !== id);
  return { ...content, tiles: [...rest.slice(0, to), tile, ...rest.slice(to)] };
}

/** The board without a tile. */
export const removeTile = (content: BoardContent, id: string): BoardContent => ({
  ...content,
  tiles: content.tiles.filter((tile) => tile.id !== id),
});

/** The board with one tile as it was changed. */
export const replaceTile = (content: BoardContent, tile: BoardTile): BoardContent => ({
  ...content,
  tiles: content.tiles.map((each) => (each.id === tile.id ? tile : each)),
});
