'use client';

import type { ReactNode } from 'react';
import { nameOfSeries } from '#components/charts/use-series.ts';
import { Mark } from '#components/ui/mark.tsx';
import { Unknown } from '#components/ui/quantity.tsx';
import { TimeAgo } from '#components/values/time.tsx';
import type { BoardView } from '#lib/model/board.ts';
import { formatOfTile, reduceWords, targetWords } from './tile-format.ts';
import { TileTrend } from './tile-trend.tsx';

export type ViewedTile = BoardView['tiles'][number];

/** A number of a board: what it is, its value, whether the target is met, its trend and its age. */
export function Tile({ tile, isWall = false, end }: { tile: ViewedTile; isWall?: boolean; end?: ReactNode }) {
  const target = targetWords(tile);
  const isMissed = tile.values.some((value) => value.isMet === false);
  const isUnknown = tile.values.every((value) => value.value === null);
  return (
    <article className="tile" aria-label={tile.title}>
      <header>
        <h2>{tile.title}</h2>
        {end}
      </header>
      <div className="values">
        {tile.values.map((value, index) => {
          const series = tile.series[index];
          if (!series) return null;
          const quantity = value.value === null ? null : formatOfTile(series.kind, tile.reduce)(value.value);
          const label = value.label || nameOfSeries(series.kind, series.name);
          return (
            <div key={`${series.clusterId} ${series.kind} ${series.name}`} className="one">
              {tile.values.length > 1 ? <span className="lb">{label}</span> : null}
              <span className="num">
                {value.isMet === false ? <Mark name="critical" word="Target missed" /> : null}
                {quantity ? (
                  <>
                    {quantity.value}
                    {quantity.unit ? <small>{quantity.unit}</small> : null}
                  </>
                ) : (
                  <Unknown />
                )}
              </span>
              {value.value === null && value.why ? <span className="lb">{value.why}</span> : null}
              {tile.trend && value.trend.length > 0 ? (
                <TileTrend
                  points={value.trend}
                  isMissed={value.isMet === false}
                  isWall={isWall}
                  label={`${label}, trend of ${tile.trend}`}
                />
              ) : null}
            </div>
          );
        })}
      </div>
      <footer>
        <span>{reduceWords(tile.reduce, tile.window)}</span>
        {target ? (
          <span className={isMissed ? 'critical' : undefined}>
            {isUnknown ? `Target ${target}` : isMissed ? `Target missed: ${target}` : `Target met: ${target}`}
          </span>
        ) : null}
        <TileAge tile={tile} />
      </footer>
    </article>
  );
}

/** How old the newest of its values is. */
function TileAge({ tile }: { tile: ViewedTile }) {
  const ages = tile.values.flatMap(({ asOf }) => (asOf ? [asOf] : []));
  const newest = ages.sort().at(-1);
  return newest ? <TimeAgo at={newest} className="age" /> : <span className="age">No sample</span>;
}
