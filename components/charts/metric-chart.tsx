'use client';

import { ProblemNotice } from '#components/feedback/problem-notice.tsx';
import { ChartMenu } from './chart-acts.tsx';
import type { Flag } from './flags.ts';
import { formatOfSeries } from './series-format.ts';
import { TimeChart } from './time-chart.tsx';
import { compareWords, useCompare } from './use-compare.ts';
import { useInView } from './use-in-view.ts';
import type { SeriesLine } from './use-series.ts';
import { useSeries } from './use-series.ts';

/**
 * A chart of numbers that Millrace keeps: it reads them itself over the page's range, holds them against the time the page
 * compares with, and says in words why there are none. Its lines are of one unit.
 */
export function MetricChart({
  clusterId,
  title,
  note,
  lines,
  kind,
  height = 140,
  flags,
  threshold,
  hasLegend = true,
}: {
  clusterId: string;
  title: string;
  note?: string;
  /** At most six. */
  lines: readonly SeriesLine[];
  kind?: 'area' | 'line';
  height?: number;
  flags?: readonly Flag[];
  threshold?: { value: number; label: string };
  hasLegend?: boolean;
}) {
  const [ref, isSeen] = useInView<HTMLDivElement>();
  const { live, series, from, to, emptySentence } = useSeries({ clusterId, lines, enabled: isSeen });
  const [compare] = useCompare();
  const format = formatOfSeries(lines[0]?.kind ?? 'cluster.records-in');
  return (
    <div ref={ref} className="min-w-0" style={{ minHeight: height + 40 }}>
      {live.problem && !live.data ? (
        <ProblemNotice problem={live.problem} onRetry={live.refetch} />
      ) : live.data ? (
        <TimeChart
          title={title}
          note={note}
          series={series}
          from={from}
          to={to}
          kind={kind ?? (lines.length === 1 ? 'area' : 'line')}
          format={format}
          height={height}
          flags={flags}
          threshold={threshold}
          hasLegend={hasLegend}
          beforeWords={compareWords(compare)}
          emptySentence={emptySentence}
          end={<ChartMenu clusterId={clusterId} title={title} lines={lines} />}
        />
      ) : (
        <div aria-busy="true" style={{ height: height + 40 }}>
          <div className="chart-head">
            <h3>{title}</h3>
          </div>
        </div>
      )}
    </div>
  );
}
