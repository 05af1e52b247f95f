import { isInScope } from '#lib/collector/alerts/cluster-evaluator.ts';
import { isLowBad } from '#lib/collector/alerts/conditions.ts';
import { replayRule } from '#lib/collector/alerts/replay-rule.ts';
import { missedNames } from '#lib/collector/alerts/rule-judge.ts';
import { summaryOf } from '#lib/collector/alerts/rule-words.ts';
import { testOfNames } from '#lib/collector/alerts/selections.ts';
import { usualDay } from '#lib/collector/alerts/usual.ts';
import { newestTick } from '#lib/collector/ticks.ts';
import { listClusters } from '#lib/gateways/database/clusters.ts';
import { readSeries, seriesSince } from '#lib/gateways/database/series.ts';
import { listSeriesNames } from '#lib/gateways/database/series-names.ts';
import type { Episode, RulePreview, RuleTrial } from '#lib/model/alert-preview.ts';
import type { AlertRuleFields } from '#lib/model/alert-rule.ts';
import type { ClusterRecord } from '#lib/model/cluster-record.ts';
import { ranges } from '#lib/model/series.ts';
import type { SeriesKind } from '#lib/model/series-kinds.ts';
import { thinned } from './thin-points.ts';

/** Subjects that are looked at, over all clusters; numbers that are read of each cluster; episodes that are told. */
const mostSubjects = 300;
const mostNumbers = 1_500_000;
const mostEpisodes = 100;
const usualLookBackMs = 14 * 86_400_000;

type Judged = {
  cluster: ClusterRecord;
  at: number[];
  names: string[];
  values: (number | null)[][];
  episodes: Map<string, Episode[]>;
};

/** What a rule would have done on the stored history, and which subjects it is about. */
export async function previewRule({ rule, range, focus }: RuleTrial): Promise<RulePreview> {
  const toMs = Date.now();
  const fromMs = toMs - ranges[range];
  const clusters = (await listClusters()).filter((cluster) => isInScope(rule, cluster));
  const judged: Judged[] = [];
  const meant: RulePreview['clusters'] = [];
  let room = mostSubjects;
  let sinceMs: number | null = null;
  for (const cluster of clusters) {
    // Names that should be there come first: that they are not there is what the rule is about.
    const names = [...new Set([...missedNames(rule), ...(await namesOf(cluster.id, rule))])];
    meant.push({ id: cluster.id, name: cluster.name, subjects: names.length });
    const some = chosen(names, room, focus?.clusterId === cluster.id ? focus.subject : null);
    room -= some.length;
    if (some.length > 0) judged.push(await judge(cluster, rule, some, fromMs, toMs));
    const since = await seriesSince(cluster.id);
    if (since !== null) sinceMs = Math.min(sinceMs ?? since, since);
  }
  const told = judged.flatMap((one) => episodesOf(one, rule)).sort((a, b) => b.fromMs - a.fromMs);
  return {
    fromMs,
    toMs,
    sinceMs,
    clusters: meant,
    subjects: meant.reduce((sum, { subjects }) => sum + subjects, 0),
    judged: judged.reduce((sum, { names }) => sum + names.length, 0),
    fired: told.length,
    episodes: told.slice(0, mostEpisodes),
    chart: chartOf(judged, rule, focus),
  };
}

const anyName = 20_000;

/** Names that a cluster tells now; those that are stored when it tells none here. */
async function namesOf(clusterId: string, rule: AlertRuleFields): Promise<string[]> {
  const isMeant = testOfNames(rule.scope);
  const told = newestTick(clusterId)?.points.filter(
    ({ kind, name }) => kind === rule.series && isMeant(name),
  );
  if (told && told.length > 0) return told.map(({ name }) => name);
  const { names } = await listSeriesNames({ clusterId, kind: rule.series, q: '', offset: 0, limit: anyName });
  return names.filter(isMeant);
}

function chosen(names: readonly string[], room: number, first: string | null): string[] {
  const some = names.slice(0, room);
  if (first !== null && names.includes(first) && !some.includes(first)) some[Math.max(0, room - 1)] = first;
  return some;
}

async function judge(
  cluster: ClusterRecord,
  rule: AlertRuleFields,
  names: string[],
  fromMs: number,
  toMs: number,
): Promise<Judged> {
  const isUnusual = rule.condition.is === 'unusual';
  const startMs = isUnusual ? Math.min(fromMs, toMs - usualLookBackMs) : fromMs;
  const { at, series } = await readSeries<SeriesKind>({
    clusterId: cluster.id,
    series: [{ kind: 'cluster.reachable', name: '' }, ...names.map((name) => ({ kind: rule.series, name }))],
    fromMs: startMs,
    toMs,
    maxPoints: Math.max(500, Math.floor(mostNumbers / (names.length + 1))),
  });
  const values = series.slice(1).map((one) => one.values);
  const { condition } = rule;
  const usual =
    condition.is === 'unusual'
      ? new Map(names.map((name, i) => [name, usualDay(at, values[i] ?? [], condition.times)]))
      : undefined;
  const first = at.findIndex((time) => time >= fromMs);
  const from = first < 0 ? at.length : first;
  const shown = values.map((one) => one.slice(from));
  const reachable = (series[0]?.values ?? []).slice(from);
  const history = { at: at.slice(from), names, values: shown, reachable };
  return {
    cluster,
    names,
    at: history.at,
    values: shown,
    episodes: replayRule(rule, history, usual),
  };
}

function episodesOf({ cluster, episodes }: Judged, rule: AlertRuleFields): RulePreview['episodes'] {
  return [...episodes].flatMap(([subject, all]) =>
    all.map((episode) => ({
      ...episode,
      clusterId: cluster.id,
      subject,
      summary: summaryOf(rule, { clusterName: cluster.name, subject, value: episode.peak ?? Number.NaN }),
    })),
  );
}

/** The subject that was asked for, else the one that fires most, else the one that comes nearest to it. */
function chartOf(
  judged: readonly Judged[],
  rule: AlertRuleFields,
  focus: RuleTrial['focus'],
): RulePreview['chart'] {
  const isLower = isLowBad(rule);
  let best: { one: Judged; slot: number; rank: readonly number[] } | null = null;
  for (const one of judged) {
    one.names.forEach((name, slot) => {
      const isAsked = focus?.clusterId === one.cluster.id && focus.subject === name;
      const rank = [
        isAsked ? 1 : 0,
        one.episodes.get(name)?.length ?? 0,
        extremeOf(one.values[slot]!, isLower),
      ];
      if (!best || isGreater(rank, best.rank)) best = { one, slot, rank };
    });
  }
  if (!best) return null;
  const { one, slot } = best as { one: Judged; slot: number };
  const subject = one.names[slot]!;
  return {
    clusterId: one.cluster.id,
    clusterName: one.cluster.name,
    subject,
    ...thinned(one.at, one.values[slot]!, isLower),
    episodes: one.episodes.get(subject) ?? [],
  };
}

function extremeOf(values: readonly (number | null)[], isLowBad: boolean): number {
  let extreme = Number.NEGATIVE_INFINITY;
  for (const value of values) if (value !== null) extreme = Math.max(extreme, isLowBad ? -value : value);
  return extreme;
}

function isGreater(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((one, i) => one !== b[i]);
  return at >= 0 && a[at]! > b[at]!;
}
