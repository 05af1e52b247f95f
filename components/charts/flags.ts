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

/** Letters in order of time for the changes inside the range: at most `max`, the newest when there are more. */
export function flagsOf(changes: readonly Change[], from: number, to: number, max = 8): Flag[] {
  return changes
    .map((change) => ({ change, at: ms(change.at) }))
    .filter(({ at }) => at >= from && at <= to)
    .sort((a, b) => a.at - b.at)
    .slice(-Math.min(max, letters.length))
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
