import { sourceProblem } from '#lib/collector/sources/source-problem.ts';
import { formatDuration } from '#lib/format.ts';
import type { KeptBoard } from '#lib/gateways/database/boards.ts';
import { readCluster } from '#lib/gateways/database/clusters.ts';
import { readSeries } from '#lib/gateways/database/series.ts';
import {
  type BoardTile,
  type BoardView,
  type TileSeries,
  type TileValue,
  tileWindows,
} from '#lib/model/board.ts';
import { ranges } from '#lib/model/series.ts';
import { factsOfSeries, type SeriesFold } from '#lib/model/series-kinds.ts';
import { reduceWindow } from './tile-values.ts';

const trendPoints = 60;
/** Steps of a window: five seconds of an hour; of longer ones each step is put together as its kind says. */
const windowPoints = 720;
/** A kind that is kept once a minute has nothing in a shorter window. */
const detailWindowMs = 150_000;
/** What is called "now" is no older than this, whatever the window. */
const nowMs = 60_000;
/** Points of a step of a long window, put together so that its most or least is not lost in a mean. */
const foldOf: Partial<Record<BoardTile['reduce'], SeriesFold>> = { max: 'most', min: 'least' };

/** A board with what its tiles show now. Nothing else can be learned from it than the series that it holds. */
export async function viewTiles(board: KeptBoard, now = Date.now()): Promise<BoardView> {
  const clusterIds = [
    ...new Set(board.tiles.flatMap(({ series }) => series.map(({ clusterId }) => clusterId))),
  ];
  const clusters = new Map(
    await Promise.all(clusterIds.map(async (id) => [id, (await readCluster(id))?.name ?? null] as const)),
  );
  const history = new History(now);
  const tiles = await Promise.all(
    board.tiles.map(async (tile) => ({
      ...tile,
      values: await Promise.all(
        tile.series.map((one) => shownValue(tile, one, clusters.get(one.clusterId) ?? null, history)),
      ),
    })),
  );
  const { id: boardId, name, note, version } = board;
  return { boardId, name, note, version, asOf: new Date(now).toISOString(), tiles };
}

async function shownValue(
  tile: BoardTile,
  series: TileSeries,
  clusterName: string | null,
  history: History,
): Promise<TileValue> {
  const facts = factsOfSeries(series.kind);
  const unit = tile.reduce === 'total' ? facts.unit.replace(/\/s$/, '') || 'count' : facts.unit;
  const head = { label: series.label, unit, clusterName: clusterName ?? series.clusterId };
  if (clusterName === null) {
    const why = `Cluster ${series.clusterId} is not in Millrace any more.`;
    return { ...head, value: null, why, isMet: null, asOf: null, trend: [] };
  }
  const windowMs = Math.max(
    tile.reduce === 'last' ? nowMs : tileWindows[tile.window],
    facts.isDetail ? detailWindowMs : 0,
  );
  const [window, trend] = await Promise.all([
    history.read(series, { spanMs: windowMs, maxPoints: windowPoints, fold: foldOf[tile.reduce] }),
    tile.trend
      ? history.read(series, { spanMs: ranges[tile.trend], maxPoints: trendPoints, isStepped: true })
      : null,
  ]);
  const { value, asOfMs } = reduceWindow(window.at, window.values, tile.reduce);
  const { target } = tile;
  const why =
    sourceProblem(series.clusterId, facts.from) ??
    `Nothing is known of the last ${formatDuration(windowMs)}.`;
  return {
    ...head,
    value,
    why: value === null ? why : null,
    isMet:
      target === null || value === null
        ? null
        : target.side === 'at-least'
          ? value >= target.value
          : value <= target.value,
    asOf: asOfMs === null ? null : new Date(asOfMs).toISOString(),
    trend: trend?.values ?? [],
  };
}

type Points = { at: number[]; values: (number | null)[] };
type Asked = { spanMs: number; maxPoints: number; isStepped?: boolean; fold?: SeriesFold | undefined };
type Wanted = { series: TileSeries; resolve: (points: Points) => void; reject: (error: unknown) => void };

/** Reads what the tiles of one view ask for together: one request for each cluster, span and way to put points together. */
class History {
  private readonly now: number;
  private readonly waiting = new Map<string, Wanted[]>();

  constructor(now: number) {
    this.now = now;
  }

  read(series: TileSeries, asked: Asked): Promise<Points> {
    const key = `${series.clusterId}/${asked.spanMs}/${asked.isStepped ?? false}/${asked.fold}`;
    return new Promise((resolve, reject) => {
      const wanted = this.waiting.get(key);
      if (wanted) wanted.push({ series, resolve, reject });
      else {
        this.waiting.set(key, [{ series, resolve, reject }]);
        queueMicrotask(() => void this.send(key, series.clusterId, asked));
      }
    });
  }

  private async send(key: string, clusterId: string, { spanMs, ...asked }: Asked) {
    const wanted = this.waiting.get(key) ?? [];
    this.waiting.delete(key);
    try {
      const answer = await readSeries({
        ...{ clusterId, ...asked },
        series: wanted.map(({ series: { kind, name } }) => ({ kind, name })),
        fromMs: this.now - spanMs,
        toMs: this.now,
      });
      wanted.forEach(({ resolve }, i) => {
        resolve({ at: answer.at, values: answer.series[i]!.values });
      });
    } catch (error) {
      for (const { reject } of wanted) reject(error);
    }
  }
}
