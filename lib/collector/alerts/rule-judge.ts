import type { AlertRuleFields } from '#lib/model/alert-rule.ts';
import { factsOfSeries } from '#lib/model/series-kinds.ts';
import type { Column } from './columns.ts';
import { type Condition, conditionOf, type UsualBand } from './conditions.ts';
import { exactNames, type Selection, testOfNames } from './selections.ts';

/** How long a name must be left out of ticks until its subject counts as gone. */
const goneMs = 15 * 60_000;
/** For rules that watch for silence, a name that is gone is what they are about; a source that is silent tells of none. */
const goneFromAbsentMs = 24 * 3_600_000;
/** A pause in judging longer than this does not count as time for which something held; history is told in longer steps. */
const usualLongestStepMs = 120_000;

/** Whether an unknown number holds: then a name that is left out is in trouble. */
const missesNames = ({ condition, missing }: AlertRuleFields): boolean =>
  condition.is === 'absent' || missing === 'alert';

/** Names that a rule tells one by one and misses also when nothing was ever heard of them. */
export function missedNames(rule: AlertRuleFields): string[] {
  if (!missesNames(rule)) return [];
  if (factsOfSeries(rule.series).subject === 'cluster') return [''];
  return exactNames(rule.scope).filter(testOfNames(rule.scope));
}

/** A subject in trouble. Times are of the caller's clock, which only goes forwards. */
export type Subject = {
  since: number;
  /** Null while it is not an incident yet. */
  incidentId: string | null;
  value: number;
  wellSince: number | null;
  missingSince: number | null;
};

/** What a judgement asks to be done. It asks again with each tick until it is told that it was done. */
export type Findings = {
  open: { subject: string; value: number }[];
  resolve: { subject: string; incidentId: string; value: number; end: 'back' | 'gone' }[];
};

/**
 * Holds one rule against the numbers of one cluster, tick after tick, and remembers who is in trouble. Pure: it knows no
 * clock and no database.
 */
export class RuleJudge {
  readonly rule: AlertRuleFields;
  readonly subjects = new Map<string, Subject>();
  #condition: Condition;
  readonly #longestStepMs: number;
  readonly #forMs: number;
  readonly #clearMs: number;
  readonly #missesNames: boolean;
  readonly #exact: readonly string[];
  readonly #vanished = new Map<string, number>();
  #lastNames: readonly string[] = [];
  #lastAt: number | null = null;
  /** Since when each tick has had numbers of this kind; null while its source is silent. */
  #toldSince: number | null = null;

  constructor(
    rule: AlertRuleFields,
    usual: (name: string) => UsualBand | null = () => null,
    longestStepMs = usualLongestStepMs,
  ) {
    this.rule = rule;
    this.#longestStepMs = longestStepMs;
    this.#condition = conditionOf(rule, usual);
    this.#forMs = rule.forMinutes * 60_000;
    this.#clearMs = rule.clearMinutes * 60_000;
    this.#missesNames = missesNames(rule);
    this.#exact = missedNames(rule);
  }

  /**
   * @param isAnswering whether the cluster answers: while it does not, only its own numbers are missed, for one cause is told once
   * @param buffer at least as long as the column
   */
  judge(
    column: Column,
    selection: Selection,
    now: number,
    isAnswering: boolean,
    buffer: Int32Array,
  ): Findings | null {
    this.#forgivePause(now);
    const count = this.#condition.holders(column, selection, now, buffer);
    const { names, values } = column;
    this.#toldSince = names.length === 0 ? null : (this.#toldSince ?? now);
    for (let i = 0; i < count; i++) this.#begin(names[buffer[i]!]!, values[buffer[i]!]!, now);
    if (this.#missesNames) this.#missNames(column, selection, now, isAnswering);
    if (this.subjects.size === 0) return null;
    const findings: Findings = { open: [], resolve: [] };
    for (const [name, subject] of this.subjects)
      this.#follow(name, subject, column, now, isAnswering, findings);
    return findings.open.length + findings.resolve.length > 0 ? findings : null;
  }

  /** That an incident stands in the database. */
  opened(subject: string, incidentId: string): void {
    const known = this.subjects.get(subject);
    if (known) known.incidentId = incidentId;
  }

  /** That an incident has ended there. */
  resolved(subject: string): void {
    this.subjects.delete(subject);
  }

  /** Goes on with the condition of the judge before, where the rule was changed elsewhere: it remembers numbers. */
  goOnFrom(before: RuleJudge): void {
    const made = ({ series, condition, missing }: AlertRuleFields) =>
      JSON.stringify([series, condition, missing]);
    if (made(before.rule) === made(this.rule)) this.#condition = before.#condition;
  }

  /** Takes up what was known of a subject before, such as before a restart. */
  recall(name: string, subject: Pick<Subject, 'since' | 'incidentId' | 'value'>): void {
    this.subjects.set(name, { ...subject, wellSince: null, missingSince: null });
    this.#condition.recall?.(name, subject.since);
  }

  /** Time in which nobody looked is no time for which a condition held. */
  #forgivePause(now: number): void {
    const step = this.#lastAt === null ? 0 : now - this.#lastAt;
    this.#lastAt = now;
    if (step <= this.#longestStepMs) return;
    if (this.#toldSince !== null) this.#toldSince += step;
    for (const subject of this.subjects.values()) {
      subject.since += step;
      if (subject.wellSince !== null) subject.wellSince += step;
      if (subject.missingSince !== null) subject.missingSince += step;
    }
  }

  #begin(name: string, value: number, now: number): void {
    if (!this.subjects.has(name))
      this.subjects.set(name, { since: now, incidentId: null, value, wellSince: null, missingSince: null });
  }

  #missNames(column: Column, { has }: Selection, now: number, isAnswering: boolean): void {
    if (!isAnswering && factsOfSeries(this.rule.series).subject !== 'cluster') return;
    for (const name of this.#exact) if (!column.slotOf.has(name)) this.#begin(name, Number.NaN, now);
    if (column.names !== this.#lastNames) {
      for (const name of this.#lastNames)
        if (has(name) && !column.slotOf.has(name)) this.#vanished.set(name, now);
      this.#lastNames = column.names;
    }
    for (const [name, since] of this.#vanished) {
      if (column.slotOf.has(name) || now - since > goneFromAbsentMs) this.#vanished.delete(name);
      else this.#begin(name, Number.NaN, now);
    }
  }

  #follow(
    name: string,
    subject: Subject,
    column: Column,
    now: number,
    isAnswering: boolean,
    findings: Findings,
  ): void {
    const slot = column.slotOf.get(name);
    const value = slot === undefined ? Number.NaN : column.values[slot]!;
    if (!Number.isNaN(value)) subject.value = value;
    if (slot !== undefined) subject.missingSince = null;
    else if (isAnswering && this.#isGone(name, subject, now)) {
      if (subject.incidentId === null) this.subjects.delete(name);
      else findings.resolve.push({ subject: name, incidentId: subject.incidentId, value, end: 'gone' });
      return;
    }
    switch (this.#verdict(name, value, slot, isAnswering, now)) {
      case 'holds':
        subject.wellSince = null;
        if (subject.incidentId === null && now - subject.since >= this.#forMs)
          findings.open.push({ subject: name, value });
        return;
      case 'between':
        subject.wellSince = null;
        // It does not hold any more, so the count of minutes begins anew.
        if (subject.incidentId === null) this.subjects.delete(name);
        return;
      case 'well':
        if (subject.incidentId === null) {
          this.subjects.delete(name);
          return;
        }
        subject.wellSince ??= now;
        if (now - subject.wellSince >= this.#clearMs)
          findings.resolve.push({ subject: name, incidentId: subject.incidentId, value, end: 'back' });
        return;
      case 'unknown':
        return;
    }
  }

  #verdict(name: string, value: number, slot: number | undefined, isAnswering: boolean, now: number) {
    const isSilent = !isAnswering || (this.#toldSince === null && !this.#missesNames);
    if (slot === undefined && isSilent && factsOfSeries(this.rule.series).subject !== 'cluster')
      return 'unknown';
    const verdict = this.#condition.verdict(value, name, now);
    return verdict === 'unknown' && this.rule.missing === 'ok' ? 'well' : verdict;
  }

  #isGone(name: string, subject: Subject, now: number): boolean {
    subject.missingSince ??= now;
    if (this.#exact.includes(name)) return false;
    if (this.#missesNames || this.#toldSince === null) return now - subject.missingSince >= goneFromAbsentMs;
    return now - Math.max(subject.missingSince, this.#toldSince) >= goneMs;
  }
}
