'use client';

import { Button } from '#components/ui/button.tsx';
import { useZone } from '#components/values/clock.tsx';
import { formatCount, formatDateTime } from '#lib/format.ts';
import type { HistogramShape } from './histogram-shape.ts';

/** The bars of a search as rows: what they count, and the way to search one of them alone. */
export function HistogramTable({
  shape,
  onNarrow,
}: {
  shape: HistogramShape;
  onNarrow: (fromMs: number, toMs: number) => void;
}) {
  const zone = useZone();
  return (
    <section className="mt-1 max-h-[240px] overflow-auto" aria-label="Matches over time as a table">
      <table className="dt dense">
        <caption className="vh">Records and matches over time</caption>
        <thead>
          <tr>
            <th scope="col">From</th>
            <th scope="col" className="num">
              Looked at
            </th>
            <th scope="col" className="num">
              Matches
            </th>
            <th scope="col">
              <span className="vh">Narrow</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {shape.bars
            .filter((bar) => bar.scanned > 0)
            .map((bar) => (
              <tr key={bar.atMs}>
                <td>{formatDateTime(bar.atMs, zone)}</td>
                <td className="num">{formatCount(bar.scanned)}</td>
                <td className="num">{formatCount(bar.matched)}</td>
                <td className="num">
                  <Button
                    size="sm"
                    variant="bare"
                    aria-label={`Only this, from ${formatDateTime(bar.atMs, zone)}`}
                    onClick={() => onNarrow(bar.atMs, bar.atMs + shape.bucketMs)}
                  >
                    Only this
                  </Button>
                </td>
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  );
}
