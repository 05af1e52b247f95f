/** Something that happened, to be marked on the charts by a letter and told in the list of changes. */
export type Change = {
  at: string | number;
  title: string;
  detail?: string;
  severity: 'critical' | 'warning' | 'note';
  href?: string | null;
};

export type Flag = { letter: string; at: number; title: string; severity: Change['severity'] };

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const ms = (at: string | number): number => (typeof at === 'number' ? at : Date.parse(at));

const worst = ['note', 'warning', 'critical'] as const;
const rank = (severity: Change['severity']): number => worst.indexOf(severity);

/** Letters in order of time for the changes inside the range: at most `max`, the worst and then the newest when there are more. */
export function flagsOf(changes: readonly Change[], from: number, to: number, max = 8): Flag[] {
  return changes
    .map((change) => ({ change, at: ms(change.at) }))
    .filter(({ at }) => at >= from && at <= to)
    .sort((a, b) => rank(b.change.severity) - rank(a.change.severity) || b.at - a.at)
    .slice(0, Math.min(max, letters.length))
    .sort((a, b) => a.at - b.at)
    .map(({ change, at }, index) => ({
      letter: letters[index] ?? '?',
      at,
      title: change.title,
      severity: change.severity,
    }));
}

/** The letter of a change, if it stands on the charts. */
export const letterOf = (flags: readonly Flag[], change: Change): Flag | undefined =>
  flags.find((flag) => flag.at === ms(change.at) && flag.title === change.title);

/** Flags that would stand on each other, under one label: `A–C` where the last of them is, as bad as the worst. */
export type FlagGroup = { label: string; at: number; title: string; severity: Change['severity'] };

/** Groups of flags whose letters would touch: `roomMs` is what one letter takes of the time axis. */
export function foldFlags(flags: readonly Flag[], roomMs: number): FlagGroup[] {
  const groups: Flag[][] = [];
  for (const flag of [...flags].sort((a, b) => a.at - b.at)) {
    const last = groups.at(-1);
    const before = last?.at(-1);
    if (last && before && flag.at - before.at < roomMs) last.push(flag);
    else groups.push([flag]);
  }
  return groups.map((group) => {
    const first = group[0] as Flag;
    const last = group.at(-1) ?? first;
    return {
      label: group.length === 1 ? first.letter : `${first.letter}–${last.letter}`,
      at: last.at,
      title: group.map((flag) => flag.title).join(', '),
      severity: worst[Math.max(...group.map((flag) => rank(flag.severity)))] ?? 'note',
    };
  });
}
