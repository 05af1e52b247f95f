/** One value before and after. Null is not set. `human` says the raw value in units: `6 h`. */
export type ValueChange = {
  key: string;
  before: string | null;
  after: string | null;
  humanBefore?: string | null;
  humanAfter?: string | null;
};

export type DiffLine = { sign: '+' | '−' | ' '; key: string; value: string; human: string | null };

/** The lines of a change: what goes, then what comes. A value that stays is one plain line. */
export function diffLines(changes: readonly ValueChange[]): DiffLine[] {
  return changes.flatMap((change): DiffLine[] => {
    const { key, before, after } = change;
    if (before === after)
      return before === null ? [] : [{ sign: ' ', key, value: before, human: change.humanBefore ?? null }];
    return [
      ...(before === null
        ? []
        : [{ sign: '−' as const, key, value: before, human: change.humanBefore ?? null }]),
      ...(after === null
        ? []
        : [{ sign: '+' as const, key, value: after, human: change.humanAfter ?? null }]),
    ];
  });
}
