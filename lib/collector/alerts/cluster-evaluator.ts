import type { SamplePoint } from '#lib/collector/ticks.ts';
import type { IncidentEnd } from '#lib/model/alert-incident.ts';
import { type AlertRule, type AlertRuleFields, fieldsOfRule } from '#lib/model/alert-rule.ts';
import type { Environment } from '#lib/model/cluster.ts';
import { factsOfSeries, type SeriesKind } from '#lib/model/series-kinds.ts';
import { Columns } from './columns.ts';
import type { UsualBand } from './conditions.ts';
import { RuleJudge } from './rule-judge.ts';
import { Selections, testOfNames } from './selections.ts';

export type ToOpen = { ruleId: string; rule: AlertRuleFields; subject: string; value: number };
export type ToResolve = {
  ruleId: string;
  subject: string;
  incidentId: string;
  end: IncidentEnd;
  value: number;
};
/** An incident that is open in the database. `series` is of its rule as it was when it fired. */
export type OpenIncident = {
  id: string;
  ruleId: string;
  series: SeriesKind;
  subject: string;
  value: number | null;
};
export type Pending = { ruleId: string; subject: string; since: number };

/** What a tick asks to be written. All of it is asked for again with the next tick until it is confirmed. */
export type Work = { open: ToOpen[]; resolve: ToResolve[] };

type Judged = { version: number; judge: RuleJudge };
type Usual = (kind: SeriesKind, name: string, times: number) => UsualBand | null;

/** Whether a rule is about a cluster. */
export const isInScope = (
  { scope }: Pick<AlertRuleFields, 'scope'>,
  cluster: { id: string; environment: Environment },
): boolean =>
  (scope.clusters.length === 0 || scope.clusters.includes(cluster.id)) &&
  (scope.environments.length === 0 || scope.environments.includes(cluster.environment));

/** All rules of one cluster against its ticks. Pure: what it finds is for the caller to write, who then confirms it. */
export class ClusterEvaluator {
  readonly #judged = new Map<string, Judged>();
  readonly #columns = new Columns();
  readonly #selections = new Map<SeriesKind, Selections>();
  readonly #usual: Usual;
  /** Incidents without a judge: their rule was changed or taken away. */
  readonly #orphans = new Map<string, ToResolve>();
  #buffer = new Int32Array();

  constructor(usual: Usual = () => null) {
    this.#usual = usual;
  }

  /** Takes the rules as they are now. What was known of subjects stays where the rule still means them. */
  setRules(rules: readonly AlertRule[], cluster: { id: string; environment: Environment }): void {
    const inForce = new Map(
      rules.filter((rule) => rule.isEnabled && isInScope(rule, cluster)).map((rule) => [rule.id, rule]),
    );
    for (const [id, { version, judge }] of [...this.#judged]) {
      const rule = inForce.get(id);
      if (rule?.version === version) {
        inForce.delete(id);
        continue;
      }
      this.#judged.delete(id);
      const next = rule ? this.#add(rule) : null;
      next?.goOnFrom(judge);
      const isMeant = rule?.series === judge.rule.series ? testOfNames(rule.scope) : () => false;
      for (const [subject, known] of judge.subjects) {
        if (next && isMeant(subject)) next.recall(subject, known);
        else if (known.incidentId !== null)
          this.#orphan({ ruleId: id, subject, incidentId: known.incidentId, value: known.value }, rules);
      }
      inForce.delete(id);
    }
    for (const rule of inForce.values()) this.#add(rule);
    const judges = [...this.#judged.values()].map(({ judge }) => judge.rule);
    for (const [kind, selections] of this.#selections)
      selections.keep(judges.filter(({ series }) => series === kind).map(({ scope }) => scope));
  }

  /**
   * Takes up what is open in the database, after a restart or a write whose answer was lost: an incident that has ended
   * there is over, and what is known of the others stays.
   */
  recallIncidents(open: readonly OpenIncident[], rules: readonly AlertRule[], now: number): void {
    const ids = new Set(open.map(({ id }) => id));
    for (const id of [...this.#orphans.keys()]) if (!ids.has(id)) this.#orphans.delete(id);
    for (const { judge } of this.#judged.values())
      for (const [subject, { incidentId }] of [...judge.subjects])
        if (incidentId !== null && !ids.has(incidentId)) judge.resolved(subject);
    for (const incident of open)
      if (!this.#orphans.has(incident.id)) this.#recallIncident(incident, rules, now);
  }

  #recallIncident(
    { id, ruleId, series, subject, value: last }: OpenIncident,
    rules: readonly AlertRule[],
    now: number,
  ): void {
    const value = last ?? Number.NaN;
    const judge = this.#judged.get(ruleId)?.judge;
    const isMeant = judge?.rule.series === series && testOfNames(judge.rule.scope)(subject);
    if (!judge || !isMeant) this.#orphan({ ruleId, subject, incidentId: id, value }, rules);
    else if (judge.subjects.has(subject)) judge.opened(subject, id);
    else judge.recall(subject, { since: now, incidentId: id, value });
  }

  /** Takes up a condition that had begun to hold. */
  recallPending({ ruleId, subject, since }: Pending): void {
    const judge = this.#judged.get(ruleId)?.judge;
    if (judge && !judge.subjects.has(subject))
      judge.recall(subject, { since, incidentId: null, value: Number.NaN });
  }

  /**
   * @param isAnswering whether the cluster answers; see `RuleJudge.judge`
   * @param hasDetails whether this is a tick with what is kept once a minute; see `Tick`
   */
  evaluate(points: readonly SamplePoint[], now: number, isAnswering: boolean, hasDetails = false): Work {
    this.#columns.fill(points);
    // Twice: a name may be told as changed and as unknown.
    if (this.#buffer.length < points.length * 2) this.#buffer = new Int32Array(points.length * 2);
    const work: Work = { open: [], resolve: [...this.#orphans.values()] };
    for (const [ruleId, { judge }] of this.#judged) {
      const { rule } = judge;
      // What is kept once a minute is in few of the ticks: the others say nothing of it.
      if (!hasDetails && factsOfSeries(rule.series).isDetail) continue;
      const column = this.#columns.of(rule.series);
      const selection = this.#selectionsOf(rule.series).of(rule.scope, column);
      const findings = judge.judge(column, selection, now, isAnswering, this.#buffer);
      if (!findings) continue;
      for (const { subject, value } of findings.open) work.open.push({ ruleId, rule, subject, value });
      for (const found of findings.resolve) work.resolve.push({ ruleId, ...found });
    }
    return work;
  }

  opened(ruleId: string, subject: string, incidentId: string): void {
    this.#judged.get(ruleId)?.judge.opened(subject, incidentId);
  }

  resolved({ ruleId, subject, incidentId }: Pick<ToResolve, 'ruleId' | 'subject' | 'incidentId'>): void {
    if (!this.#orphans.delete(incidentId)) this.#judged.get(ruleId)?.judge.resolved(subject);
  }

  /** Conditions that hold and are no incident yet. */
  pending(): Pending[] {
    const all: Pending[] = [];
    for (const [ruleId, { judge }] of this.#judged)
      for (const [subject, { since, incidentId }] of judge.subjects)
        if (incidentId === null) all.push({ ruleId, subject, since });
    return all;
  }

  /** Open incidents with the newest value of each. */
  openValues(): { id: string; value: number }[] {
    return [...this.#judged.values()].flatMap(({ judge }) =>
      [...judge.subjects.values()].flatMap(({ incidentId, value }) =>
        incidentId === null ? [] : [{ id: incidentId, value }],
      ),
    );
  }

  #add(rule: AlertRule): RuleJudge {
    const fields = fieldsOfRule(rule);
    const { series, condition } = fields;
    const times = condition.is === 'unusual' ? condition.times : 0;
    const judge = new RuleJudge(fields, (name) => this.#usual(series, name, times));
    this.#judged.set(rule.id, { version: rule.version, judge });
    return judge;
  }

  #orphan(incident: Omit<ToResolve, 'end'>, rules: readonly AlertRule[]): void {
    const rule = rules.find(({ id }) => id === incident.ruleId);
    const end = !rule ? 'rule-deleted' : rule.isEnabled ? 'rule-changed' : 'rule-disabled';
    this.#orphans.set(incident.incidentId, { ...incident, end });
  }

  #selectionsOf(kind: SeriesKind): Selections {
    let selections = this.#selections.get(kind);
    if (!selections) {
      selections = new Selections();
      this.#selections.set(kind, selections);
    }
    return selections;
  }
}
