'use client';

import { useEffect, useMemo, useState } from 'react';
import { nounsOf, subjectInWords } from '#components/alert/rule-words.ts';
import { flagsOf } from '#components/charts/flags.ts';
import { formatOfSeries, valueText } from '#components/charts/series-format.ts';
import { TimeChart } from '#components/charts/time-chart.tsx';
import { noAnswer } from '#components/forms/use-action-form.ts';
import { Notice } from '#components/ui/notice.tsx';
import { Bank } from '#components/ui/section.tsx';
import { Segmented } from '#components/ui/segmented.tsx';
import { formatCountOf, formatLimit } from '#lib/format.ts';
import type { RulePreview as Preview, RuleTrial } from '#lib/model/alert-preview.ts';
import { NewAlertRule } from '#lib/model/alert-rule.ts';
import type { Problem } from '#lib/model/problem.ts';
import { factsOfSeries } from '#lib/model/series-kinds.ts';
import { planUpdateRuleAction } from './actions.ts';
import { EpisodesTable } from './episodes-table.tsx';
import { type RuleValues, toInput } from './rule-values.ts';

/** How long a hand must rest before the server is asked, in milliseconds. */
const restMs = 450;

type Range = RuleTrial['range'];
type Focus = NonNullable<RuleTrial['focus']>;

const rangeWords: Record<Range, string> = { '24h': '24 hours', '7d': '7 days', '30d': '30 days' };

/** What the rule as it is typed would have done on the stored history: how often, for whom, and one of them drawn. */
export function RulePreview({ values }: { values: RuleValues }) {
  const [range, setRange] = useState<Range>('7d');
  const [focus, setFocus] = useState<Focus | null>(null);
  const { isEnabled: _isEnabled, ...rule } = toInput(values);
  // A rule that is not named yet can be tried all the same.
  const named = { ...rule, name: rule.name.trim() || 'New rule' };
  const isWhole = NewAlertRule.safeParse(named).success;
  const { value, problem, isCurrent } = usePreview(isWhole ? { rule: named, range, focus } : null);
  return (
    <div className="wide:sticky wide:top-16">
      <Bank
        title="What it would have done"
        end={
          <Segmented
            label="How far back"
            value={range}
            onChange={setRange}
            segments={(Object.keys(rangeWords) as Range[]).map((one) => ({
              value: one,
              label: rangeWords[one],
            }))}
          />
        }
        isPadded
      >
        <div aria-live="polite" aria-busy={!isCurrent}>
          {!isWhole ? (
            <p className="text-ink-3">Shown when the condition can be read.</p>
          ) : problem ? (
            <p className="text-ink-2">
              {problem.what} {problem.next}
            </p>
          ) : value ? (
            <div className={isCurrent ? undefined : 'opacity-60'}>
              <Verdict preview={value} range={range} series={rule.series} />
            </div>
          ) : (
            <p className="text-ink-3">Reading the stored history.</p>
          )}
        </div>
        {isWhole && value && !problem ? (
          <Drawn
            preview={value}
            values={values}
            onFocus={(clusterId, subject) => setFocus({ clusterId, subject })}
          />
        ) : null}
      </Bank>
    </div>
  );
}

function Verdict({ preview, range, series }: { preview: Preview; range: Range; series: Focus['subject'] }) {
  const [one, many] = nounsOf(series as Parameters<typeof nounsOf>[0]);
  const { fired, subjects, judged, episodes, sinceMs, fromMs } = preview;
  if (subjects === 0)
    return (
      <p>
        No {one} has this number in the stored history
        {preview.clusters.length === 0 ? ', because no cluster is meant' : ''}.
      </p>
    );
  const who = new Set(episodes.map(({ clusterId, subject }) => `${clusterId} ${subject}`)).size;
  const short = sinceMs !== null && sinceMs > fromMs + 60_000;
  return (
    <>
      <p className="text-base">
        {fired === 0 ? (
          <>Would not have fired in {rangeWords[range]}</>
        ) : (
          <>
            Would have fired <b>{formatCountOf(fired, 'time', 'times')}</b> in {rangeWords[range]}
          </>
        )}
        {fired > 0 && judged > 1
          ? `, for ${who} of ${formatCountOf(judged, one, many)}`
          : `, on ${formatCountOf(judged, one, many)}`}
        .
      </p>
      {short ? (
        <p className="text-ink-3">History begins within this time, so it says less than it seems.</p>
      ) : null}
      {judged < subjects ? (
        <Notice tone="note" isSlim>
          {formatCountOf(judged, one, many)} of {subjects} were looked at.
        </Notice>
      ) : null}
    </>
  );
}

function Drawn({
  preview,
  values,
  onFocus,
}: {
  preview: Preview;
  values: RuleValues;
  onFocus: (clusterId: string, subject: string) => void;
}) {
  const { chart, episodes, toMs } = preview;
  // A week of hatching for an hour of numbers shows nothing.
  const fromMs = Math.max(preview.fromMs, preview.sinceMs ?? 0);
  const rule = toInput(values);
  const { series: kind, condition } = rule;
  const title = factsOfSeries(kind).title;
  const series = useMemo(
    () =>
      chart
        ? [
            {
              id: 'value',
              name: title,
              points: chart.at.map((at, i) => [at, chart.values[i] ?? null] as const),
            },
          ]
        : [],
    [chart, title],
  );
  const flags = useMemo(
    () =>
      flagsOf(
        (chart?.episodes ?? []).map((episode) => ({
          at: episode.fromMs,
          title: `Fires${episode.peak === null ? '' : `, worst ${valueText(kind, episode.peak)}`}`,
          severity: rule.severity,
        })),
        fromMs,
        toMs,
        20,
      ),
    [chart, fromMs, toMs, kind, rule.severity],
  );
  const threshold =
    condition.is === 'above' || condition.is === 'below'
      ? {
          value: condition.value,
          label: `alert ${condition.is} ${formatLimit(condition.value, factsOfSeries(kind).unit)}`,
        }
      : undefined;
  return (
    <div className="mt-4 grid gap-4">
      {chart ? (
        <TimeChart
          title={`${title} of ${subjectInWords(kind, chart.subject)}`}
          note={chart.clusterName}
          series={series}
          from={fromMs}
          to={toMs}
          format={formatOfSeries(kind)}
          flags={flags}
          threshold={threshold}
          hasLegend={false}
          height={220}
        />
      ) : null}
      {episodes.length > 0 ? <EpisodesTable preview={preview} series={kind} onFocus={onFocus} /> : null}
    </div>
  );
}

type Answer = { value: Preview | null; problem: Problem | null; isCurrent: boolean };

/** Asks when the hand rests; only the answer to the newest question counts. */
function usePreview(trial: Parameters<typeof planUpdateRuleAction>[0] | null): Answer {
  const question = trial ? JSON.stringify(trial) : '';
  const [answer, setAnswer] = useState<Omit<Answer, 'isCurrent'> & { question: string }>({
    question: '',
    value: null,
    problem: null,
  });
  useEffect(() => {
    if (question === '') return;
    let isOver = false;
    const timer = setTimeout(async () => {
      try {
        const result = await planUpdateRuleAction(JSON.parse(question));
        if (isOver) return;
        setAnswer(
          result.ok
            ? { question, value: result.value, problem: null }
            : { question, value: null, problem: result.problem },
        );
      } catch {
        if (!isOver) setAnswer({ question, value: null, problem: noAnswer });
      }
    }, restMs);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [question]);
  return { value: answer.value, problem: answer.problem, isCurrent: answer.question === question };
}
