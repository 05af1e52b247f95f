'use client';

import { useMemo } from 'react';
import { MissingNotice } from '#components/charts/missing-notice.tsx';
import { seriesCsvUrl } from '#components/charts/series-url.ts';
import { useRange } from '#components/charts/use-range.ts';
import { useTop } from '#components/charts/use-top.ts';
import { DataTable } from '#components/data-table/data-table.tsx';
import { Empty, NoResults } from '#components/feedback/faces.tsx';
import { Button } from '#components/ui/button.tsx';
import { SearchInput, Select } from '#components/ui/input.tsx';
import { Bank } from '#components/ui/section.tsx';
import { Segmented } from '#components/ui/segmented.tsx';
import { formatCount, formatCountOf } from '#lib/format.ts';
import { topMeasures } from '#lib/model/series.ts';
import { ExploreChart } from './explore-chart.tsx';
import { kindOptions, measureWords, nounOf, questions } from './questions.ts';
import { rowsOfTop, topColumns } from './top-columns.tsx';
import { limits, useQuestion } from './use-question.ts';

/** Any number of any kind of object, the largest first: "which topics grew most in the last hour?" */
export function ExploreView({ clusterId }: { clusterId: string }) {
  const { question, ask, type } = useQuestion();
  const { kind, by, order, q, limit, face } = question;
  const [range] = useRange();
  const top = useTop({ clusterId, kind, by, order, q, limit: Number(limit) });
  // While another question is on its way the answer to the last one stands there.
  const data = top.data;
  const columns = useMemo(
    () => topColumns(data?.kind ?? kind, data?.by ?? by),
    [data?.kind, data?.by, kind, by],
  );
  const noun = nounOf(data?.kind ?? kind);
  const rows = data ? rowsOfTop(clusterId, data) : undefined;
  return (
    <>
      <ul className="flex flex-wrap gap-2 pt-3" aria-label="Questions">
        {questions.map((each) => {
          const isAsked = each.kind === kind && each.by === by && order === 'most';
          return (
            <li key={each.words}>
              <Button
                size="sm"
                aria-pressed={isAsked}
                className={isAsked ? 'border-water bg-selected' : undefined}
                onClick={() => void ask({ kind: each.kind, by: each.by, order: null, q: null })}
              >
                {each.words}
              </Button>
            </li>
          );
        })}
      </ul>
      <div className="flex flex-wrap items-center gap-2 pt-3">
        <Select
          aria-label="What is compared"
          options={kindOptions}
          value={kind}
          onChange={(event) => void ask({ kind: event.target.value as typeof kind })}
        />
        <Segmented
          label="Ordered by"
          segments={topMeasures.map((value) => ({ value, label: measureWords[value].label }))}
          value={by}
          onChange={(next) => void ask({ by: next })}
        />
        <Segmented
          label="Which end"
          segments={[
            { value: 'most', label: 'Most first' },
            { value: 'least', label: 'Least first' },
          ]}
          value={order}
          onChange={(next) => void ask({ order: next })}
        />
        <Select
          aria-label="How many"
          options={limits.map((value) => ({ value, label: `${value} rows` }))}
          value={limit}
          onChange={(event) => void ask({ limit: event.target.value as typeof limit })}
        />
        <SearchInput label="Part of the name" value={q} onChange={(event) => type(event.target.value)} />
      </div>
      {data?.missing && data.rows.length === 0 ? (
        <Bank title="Not available">
          <MissingNotice clusterId={clusterId} kind={data.kind} why={data.missing} />
        </Bank>
      ) : (
        <>
          <Bank
            title="Over time"
            note={
              data ? `${Math.min(6, data.rows.length)} ${order === 'most' ? 'first' : 'last'}` : undefined
            }
            end={
              <Segmented
                label="Drawn as"
                segments={[
                  { value: 'lines', label: 'Lines' },
                  { value: 'heat', label: 'Heat map' },
                ]}
                value={face}
                onChange={(next) => void ask({ face: next })}
              />
            }
            isPadded
          >
            <ExploreChart clusterId={clusterId} top={data} face={face} />
          </Bank>
          <Bank
            title={data ? formatCountOf(data.total, noun.one, noun.many) : 'Ranking'}
            note={
              data && data.rows.length < data.total ? `${formatCount(data.rows.length)} shown` : undefined
            }
            end={
              data && data.rows.length > 0 ? (
                <a
                  href={seriesCsvUrl({
                    clusterId,
                    series: data.rows.map(({ name }) => ({ kind: data.kind, name })),
                    range: range.text,
                  })}
                  download
                >
                  Download as CSV
                </a>
              ) : null
            }
          >
            <DataTable
              caption={`${noun.many} by ${measureWords[data?.by ?? by].label.toLowerCase()}`}
              columns={columns}
              rows={rows}
              rowKey={(row) => row.name}
              rowLabel={(row) => row.label}
              problem={top.problem ?? null}
              onRetry={top.refetch}
              loading="Reading history."
              isBusy={top.isRefreshing && data?.kind !== kind}
              empty={
                q ? (
                  <NoResults
                    noun={noun.one}
                    asked={[q]}
                    total={`All ${noun.many}`}
                    onClear={() => type('')}
                  />
                ) : (
                  <Empty title="Nothing to compare in this range">
                    No {noun.one} has a sample of it. Choose a longer range.
                  </Empty>
                )
              }
            />
          </Bank>
        </>
      )}
    </>
  );
}
