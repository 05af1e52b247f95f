import { z } from 'zod';
import { ClusterId, RowId } from './ids.ts';
import { seriesKinds } from './series-kinds.ts';

/** One series of a tile, by its kind and name on one cluster. */
export const TileSeries = z.strictObject({
  clusterId: ClusterId,
  kind: z.enum(seriesKinds),
  name: z.string().max(33_100),
  /** What the line is called on the tile; empty: the series' own words. */
  label: z.string().trim().max(60).default(''),
});
export type TileSeries = z.output<typeof TileSeries>;

/** How the points of the window become the one number of a tile. `total` of a rate is the count over the window. */
export const tileReductions = ['last', 'mean', 'max', 'min', 'total', 'change'] as const;
export const tileWindows = {
  '1m': 60_000,
  '10m': 600_000,
  '1h': 3_600_000,
  '24h': 86_400_000,
  '7d': 604_800_000,
} as const;
export const tileWindowNames = Object.keys(tileWindows) as [keyof typeof tileWindows];

/** A number with its target and trend. Several series stand beside each other, such as events in and events out. */
export const BoardTile = z.strictObject({
  id: RowId,
  title: z.string().trim().min(1, 'Give the tile a title.').max(80),
  series: z.array(TileSeries).min(1, 'Choose a series.').max(4, 'At most 4 series on a tile.'),
  reduce: z.enum(tileReductions).default('last'),
  window: z.enum(tileWindowNames).default('10m'),
  /** In the unit of the series. Each series of the tile is held against it. */
  target: z
    .strictObject({ side: z.enum(['at-least', 'at-most']), value: z.number().finite() })
    .nullable()
    .default(null),
  /** How far back the trend is drawn; null draws none. */
  trend: z.enum(['1h', '6h', '24h', '7d']).nullable().default('1h'),
  /** Columns of twelve, and rows of tiles. */
  width: z.number().int().min(2).max(12).default(3),
  height: z.number().int().min(1).max(4).default(1),
});
export type BoardTile = z.output<typeof BoardTile>;

/** Tiles that one board has at most. */
export const maxTiles = 48;

export const BoardContent = z.strictObject({
  name: z.string().trim().min(1, 'Give the board a name.').max(80),
  note: z.string().trim().max(300).default(''),
  tiles: z.array(BoardTile).max(maxTiles, `At most ${maxTiles} tiles on a board.`),
});
export type BoardContent = z.output<typeof BoardContent>;

export const Board = z.object({
  ...BoardContent.shape,
  id: z.string(),
  version: z.number().int(),
  createdBy: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
  /** How many links show it now without a sign-in. */
  links: z.number().int(),
});
export type Board = z.infer<typeof Board>;

export const Boards = z.object({
  boards: z.array(Board.omit({ tiles: true }).extend({ tiles: z.number().int() })),
});
export type Boards = z.infer<typeof Boards>;

export const ReadBoardInput = z.strictObject({ boardId: RowId });
export const CreateBoardInput = BoardContent;
export const UpdateBoardInput = BoardContent.extend({
  boardId: RowId,
  /** The version that was edited: another one means that somebody else changed it. */
  version: z.number().int().min(1),
});
export const DeleteBoardInput = ReadBoardInput;
/** Appends a tile without touching the others: what "Pin to board" does. */
export const PinTileInput = z.strictObject({ boardId: RowId, tile: BoardTile.omit({ id: true }) });

/** How long a link may show a board, in days. */
export const boardLinkDays = { least: 1, most: 366, usual: 90 } as const;
export const ShareBoardInput = z.strictObject({
  boardId: RowId,
  label: z.string().trim().min(1, 'Say where it hangs, such as "Wall, 3rd floor".').max(80),
  days: z.number().int().min(boardLinkDays.least).max(boardLinkDays.most).default(boardLinkDays.usual),
});
export const RevokeBoardLinkInput = z.strictObject({ boardId: RowId, linkId: RowId });

/** A link as it is listed: its token was shown once, when it was made. */
export const BoardLink = z.object({
  id: z.string(),
  label: z.string(),
  createdBy: z.string(),
  createdAt: z.string(),
  expiresAt: z.string(),
  lastUsedAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
});
export type BoardLink = z.infer<typeof BoardLink>;
export const BoardLinks = z.object({ links: z.array(BoardLink) });
export type BoardLinks = z.infer<typeof BoardLinks>;

/** What one series of a tile shows now. */
export const TileValue = z.object({
  label: z.string(),
  unit: z.string(),
  clusterName: z.string(),
  /** Null: not known now, and `why` says so. */
  value: z.number().nullable(),
  why: z.string().nullable(),
  /** The target is met; null without a target or without a value. */
  isMet: z.boolean().nullable(),
  /** When the newest point of it was taken. */
  asOf: z.string().nullable(),
  /** Points of the trend, oldest first, at equal steps; null is a gap. */
  trend: z.array(z.number().nullable()),
});
export type TileValue = z.infer<typeof TileValue>;

/** A board with its values: what the page of a board and a wall screen draw. */
export const BoardView = z.object({
  boardId: z.string(),
  name: z.string(),
  note: z.string(),
  version: z.number().int(),
  asOf: z.string(),
  tiles: z.array(BoardTile.extend({ values: z.array(TileValue) })),
});
export type BoardView = z.infer<typeof BoardView>;
