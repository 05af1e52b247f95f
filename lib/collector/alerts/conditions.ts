import type { AlertCondition, AlertRuleFields } from '#lib/model/alert-rule.ts';
import type { SeriesKind } from '#lib/model/series-kinds.ts';
import { stateWordsOf } from '#lib/model/state-words.ts';
import type { Column } from './columns.ts';
import { LastKnown } from './last-known.ts';
import type { Selection } from './selections.ts';

/** How it stands with one subject: the condition holds, lies between limit and clear, is well, or the number is unknown. */
export type Verdict = 'holds' | 'between' | 'well' | 'unknown';

/** Where a number usually lies at this hour. */
export type UsualBand = { low: number; high: number };

/**
 * A condition made ready. `holders` writes the slots where it holds into `into` and says how many: the tight loop that runs
 * over everything. `verdict` judges one value: it runs for what is in trouble only.
 */
export type Condition = {
  holders: (column: Column, selection: Selection, now: number, into: Int32Array) => number;
  verdict: (value: number, name: string, now: number) => Verdict;
  /** That it is known to have held for a name since then, such as from before a restart. */
  recall?: (name: string, since: number) => void;
};

/** The condition of a rule. `usual` is asked for conditions about what is usual only. */
export function conditionOf(
  { condition, series, missing }: Pick<AlertRuleFields, 'condition' | 'series' | 'missing'>,
  usual: (name: string) => UsualBand | null,
): Condition {
  const made = bare(condition, series, usual);
  if (missing !== 'alert' || condition.is === 'absent') return made;
  return {
    ...made,
    holders: (column, selection, now, into) => {
      const count = made.holders(column, selection, now, into);
      return addUnknown(column, selection, into, count);
    },
    verdict: (value, name, now) => (Number.isNaN(value) ? 'holds' : made.verdict(value, name, now)),
  };
}

function bare(
  condition: AlertCondition,
  series: SeriesKind,
  usual: (name: string) => UsualBand | null,
): Condition {
  switch (condition.is) {
    case 'above':
      return above(condition.value, condition.clear ?? condition.value);
    case 'below':
      return below(condition.value, condition.clear ?? condition.value);
    case 'equals':
      return equals(condition.values.map((value) => numberOf(series, value)));
    case 'absent':
      return {
        holders: (column, selection, _now, into) => addUnknown(column, selection, into, 0),
        verdict: (value) => (Number.isNaN(value) ? 'holds' : 'well'),
      };
    case 'changed':
      return changed(condition);
    case 'unusual':
      return unusual(condition.direction, usual);
  }
}

/** The number of a state's word. */
function numberOf(series: SeriesKind, value: string | number): number {
  if (typeof value === 'number') return value;
  return stateWordsOf(series).find(({ word }) => word === value)?.value ?? Number.NaN;
}

/** Whether of numbers for which a rule holds the least is the worst, for who shows one of several. */
export function isLowBad({ condition, series }: Pick<AlertRuleFields, 'condition' | 'series'>): boolean {
  switch (condition.is) {
    case 'below':
      return true;
    case 'equals': {
      const lowest = Math.min(0, ...stateWordsOf(series).map(({ value }) => value));
      return condition.values.some((value) => numberOf(series, value) === lowest);
    }
    case 'changed':
    case 'unusual':
      return condition.direction === 'down';
    default:
      return false;
  }
}

const above = (limit: number, clear: number): Condition => ({
  holders: ({ values }, { slots }, _now, into) => {
    let count = 0;
    for (let i = 0; i < slots.length; i++) {
      const slot = slots[i]!;
      if (values[slot]! > limit) into[count++] = slot;
    }
    return count;
  },
  verdict: (value) => {
    if (Number.isNaN(value)) return 'unknown';
    return value > limit ? 'holds' : value > clear ? 'between' : 'well';
  },
});

const below = (limit: number, clear: number): Condition => ({
  holders: ({ values }, { slots }, _now, into) => {
    let count = 0;
    for (let i = 0; i < slots.length; i++) {
      const slot = slots[i]!;
      if (values[slot]! < limit) into[count++] = slot;
    }
    return count;
  },
  verdict: (value) => {
    if (Number.isNaN(value)) return 'unknown';
    return value < limit ? 'holds' : value < clear ? 'between' : 'well';
  },
});

const equals = (wanted: readonly number[]): Condition => ({
  holders: ({ values }, { slots }, _now, into) => {
    let count = 0;
    for (let i = 0; i < slots.length; i++) {
      const slot = slots[i]!;
      if (wanted.includes(values[slot]!)) into[count++] = slot;
    }
    return count;
  },
  verdict: (value) =>
    Number.isNaN(value) ? 'unknown' : wanted.some((one) => one === value) ? 'holds' : 'well',
});

type Direction = Extract<AlertCondition, { is: 'changed' }>['direction'];

/** Remembers the last known number of each name, and holds the next known one against it. */
function changed({ direction, minutes }: Extract<AlertCondition, { is: 'changed' }>): Condition {
  const forMs = minutes * 60_000;
  const changedAt = new Map<string, number>();
  const known = new LastKnown();
  const isChange = (from: number, to: number): boolean =>
    direction === 'up' ? to > from : direction === 'down' ? to < from : to !== from;
  const holds = (name: string, now: number): boolean => {
    const at = changedAt.get(name);
    return at !== undefined && now - at < forMs;
  };
  return {
    holders: (column, { slots }, now, into) => {
      const { names, values } = column;
      const last = known.besides(column, now);
      for (let i = 0; i < slots.length; i++) {
        const slot = slots[i]!;
        const value = values[slot]!;
        if (Number.isNaN(value)) continue;
        if (!Number.isNaN(last[slot]!) && isChange(last[slot]!, value)) changedAt.set(names[slot]!, now);
        last[slot] = value;
      }
      let count = 0;
      for (const [name, at] of changedAt) {
        const slot = column.slotOf.get(name);
        if (now - at >= forMs) changedAt.delete(name);
        else if (slot !== undefined) into[count++] = slot;
      }
      return count;
    },
    verdict: (_value, name, now) => (holds(name, now) ? 'holds' : 'well'),
    recall: (name, since) => void changedAt.set(name, Math.max(since, changedAt.get(name) ?? since)),
  };
}

function unusual(direction: Direction, usual: (name: string) => UsualBand | null): Condition {
  const verdict = (value: number, name: string): Verdict => {
    const band = usual(name);
    if (!band || Number.isNaN(value)) return 'unknown';
    const isOff = (direction !== 'down' && value > band.high) || (direction !== 'up' && value < band.low);
    return isOff ? 'holds' : 'well';
  };
  return {
    holders: ({ names, values }, { slots }, _now, into) => {
      let count = 0;
      for (let i = 0; i < slots.length; i++) {
        const slot = slots[i]!;
        if (verdict(values[slot]!, names[slot]!) === 'holds') into[count++] = slot;
      }
      return count;
    },
    verdict,
  };
}

function addUnknown({ values }: Column, { slots }: Selection, into: Int32Array, from: number): number {
  let count = from;
  for (let i = 0; i < slots.length; i++) {
    const slot = slots[i]!;
    if (Number.isNaN(values[slot])) into[count++] = slot;
  }
  return count;
}
