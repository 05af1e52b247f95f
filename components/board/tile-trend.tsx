'use client';

import { useWidth } from '#components/charts/plot-frame.tsx';
import { Sparkline } from '#components/charts/sparkline.tsx';

/** The trend of a tile, as wide as the tile; gaps stay gaps. */
export function TileTrend({
  points,
  isMissed,
  isWall,
  label,
}: {
  points: readonly (number | null)[];
  isMissed: boolean;
  isWall: boolean;
  label: string;
}) {
  const [ref, width] = useWidth();
  const height = isWall ? 64 : 36;
  return (
    <div className="trend" ref={ref} style={{ minHeight: height }}>
      {width > 0 ? (
        <Sparkline
          values={points}
          width={width}
          height={height}
          tone={isMissed ? 'critical' : 'series'}
          label={label}
        />
      ) : null}
    </div>
  );
}
