'use client';

import { ProblemNotice } from '#components/feedback/problem-notice.tsx';
import { Bank } from '#components/ui/section.tsx';
import { useLiveQuery } from '#lib/client/use-live-query.ts';
import { formatCount } from '#lib/format.ts';
import type { SeriesNames } from '#lib/model/series.ts';
import type { SeriesKind } from '#lib/model/series-kinds.ts';
import { factsOfSeries } from '#lib/model/series-kinds.ts';
import { apiPath } from '#lib/paths.ts';
import type { Flag } from './flags.ts';
import { MetricChart } from './metric-chart.tsx';
import { MissingNotice } from './missing-notice.tsx';
import { useTop } from './use-top.ts';

/** At most this many lines can be told apart. */
const mostLines = 6;

type Props = {
  clusterId: string;
  kind: SeriesKind;
  title?: string;
  note?: string;
  flags?: readonly Flag[];
  height?: number;
};

/** A chart with a line for each of few objects. */
const NamedChart = ({ names, kind, title, ...rest }: Props & { names: readonly string[] }) => (
  <MetricChart
    {...rest}
    title={title ?? factsOfSeries(kind).title}
    lines={names.map((name) => ({ kind, name }))}
    kind="line"
  />
);

/** A chart with the six largest of many. */
function TopChart({ total, ...props }: Props & { total: number }) {
  const top = useTop({ clusterId: props.clusterId, kind: props.kind, by: 'mean', limit: mostLines });
  const names = top.data?.rows.map((row) => row.name);
  if (!names) return <div className="h-[200px]" aria-busy="true" />;
  return (
    <NamedChart
      {...props}
      note={`${mostLines} largest of ${formatCount(total)}`}
      names={names.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))}
    />
  );
}

/** A section of charts, a line for each object; where no source gives such numbers it says so once. */
export function ObjectCharts({
  clusterId,
  title,
  note,
  kinds,
  flags,
}: {
  clusterId: string;
  title: string;
  note?: string;
  /** Kinds of one source; the first tells which objects there are. */
  kinds: readonly [SeriesKind, ...SeriesKind[]];
  flags?: readonly Flag[];
}) {
  const live = useLiveQuery<SeriesNames>({
    clusterId,
    url: apiPath('/clusters/[clusterId]/series/names', { clusterId, kind: kinds[0], limit: 200 }),
  });
  const names = live.data?.names.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true })) ?? [];
  const total = live.data?.total ?? 0;
  return (
    <Bank title={title} note={note} isPadded>
      {live.problem && !live.data ? <ProblemNotice problem={live.problem} onRetry={live.refetch} /> : null}
      {live.data || live.problem ? null : <div className="h-[60px]" aria-busy="true" />}
      {live.data?.missing && total === 0 ? (
        <MissingNotice clusterId={clusterId} kind={kinds[0]} why={live.data.missing} />
      ) : null}
      {live.data && !live.data.missing && total === 0 ? (
        <p className="py-2 text-ink-3">No sample yet. The first comes within a minute.</p>
      ) : null}
      {total > 0 ? (
        <div className="grid gap-x-8 gap-y-5 desk:grid-cols-2">
          {kinds.map((kind) =>
            total > mostLines ? (
              <TopChart key={kind} clusterId={clusterId} kind={kind} total={total} flags={flags} />
            ) : (
              <NamedChart key={kind} clusterId={clusterId} kind={kind} names={names} flags={flags} />
            ),
          )}
        </div>
      ) : null}
    </Bank>
  );
}
