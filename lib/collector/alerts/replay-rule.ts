import type { Episode } from '#lib/model/alert-preview.ts';
import type { AlertRuleFields } from '#lib/model/alert-rule.ts';
import { factsOfSeries } from '#lib/model/series-kinds.ts';
import { type Column, emptyColumn } from './columns.ts';
import { isLowBad, type UsualBand } from './conditions.ts';
import { RuleJudge } from './rule-judge.ts';
import { type Selection, Selections } from './selections.ts';
import { hourOf, type UsualDay } from './usual.ts';

/** Points are at most a quarter of an hour apart; a longer pause is one in which nothing was stored. */
const longestStepMs = 20 * 60_000;
/** What is kept once a minute is in few of the steps; where it is in none for longer, it was not known. */
const longestBetweenDetailsMs = 150_000;

/** Stored numbers of the subjects of one cluster at the same times; null is unknown. */
export type StoredHistory = {
  at: readonly number[];
  names: readonly string[];
  values: readonly (readonly (number | null)[])[];
  /** `cluster.reachable` at the same times. */
  reachable: readonly (number | null)[];
};

/** When a rule would have been an incident, by subject: the rule itself, on stored numbers. */
export function replayRule(
  rule: AlertRuleFields,
  history: StoredHistory,
  usual: ReadonlyMap<string, UsualDay> = new Map(),
): Map<string, Episode[]> {
  const { at, names, values } = history;
  let now = 0;
  const bandOf = (name: string): UsualBand | null => usual.get(name)?.[hourOf(now)] ?? null;
  const judge = new RuleJudge(rule, bandOf, longestStepMs);
  const selections = new Selections();
  const column: Column = {
    names,
    values: new Float64Array(names.length),
    slotOf: new Map(names.map((name, slot) => [name, slot])),
  };
  const selection = selections.of(rule.scope, column);
  const buffer = new Int32Array(names.length * 2 + 2);
  const isLower = isLowBad(rule);
  const nothing: Selection = { slots: new Int32Array(), has: selection.has };
  const { subject: about, isDetail } = factsOfSeries(rule.series);
  let judgedAt = at[0] ?? 0;
  const episodes = new Map<string, Episode[]>();
  for (let i = 0; i < at.length; i++) {
    now = at[i]!;
    let isAnyTold = false;
    for (let slot = 0; slot < names.length; slot++) {
      const value = values[slot]![i] ?? Number.NaN;
      column.values[slot] = value;
      isAnyTold ||= !Number.isNaN(value);
    }
    // Nothing was sampled then, by nobody.
    if (!isAnyTold && history.reachable[i] === null) continue;
    if (isDetail && !isAnyTold && now - judgedAt < longestBetweenDetailsMs) continue;
    judgedAt = now;
    const isAnswering = history.reachable[i] !== 0;
    // A cluster that does not answer tells no names, as in its ticks.
    const isSilent = !isAnswering && !isAnyTold && about !== 'cluster';
    const findings = isSilent
      ? judge.judge(emptyColumn, nothing, now, isAnswering, buffer)
      : judge.judge(column, selection, now, isAnswering, buffer);
    for (const { subject, value } of findings?.open ?? []) {
      judge.opened(subject, 'replay');
      const all = episodes.get(subject) ?? [];
      all.push({ fromMs: now, toMs: null, peak: Number.isNaN(value) ? null : value });
      episodes.set(subject, all);
    }
    for (const { subject } of findings?.resolve ?? []) {
      judge.resolved(subject);
      const last = episodes.get(subject)?.at(-1);
      if (last) last.toMs = now;
    }
    for (const [name, { incidentId, value }] of judge.subjects)
      if (incidentId !== null) widen(episodes.get(name)?.at(-1), value, isLower);
  }
  return episodes;
}

/** The worst value of an episode. */
function widen(episode: Episode | undefined, value: number, isLower: boolean): void {
  if (!episode || Number.isNaN(value)) return;
  const { peak } = episode;
  episode.peak = peak === null ? value : isLower ? Math.min(peak, value) : Math.max(peak, value);
}
