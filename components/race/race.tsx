/** How it goes for a reader of a log: keeping pace or catching up, falling behind, or losing data to retention. */
export type RacePace = 'keeping' | 'behind' | 'losing';

export type RaceProps = {
  /** Where the committed position is between left edge (0: what retention deletes next) and right edge (1: now). Null: nothing committed. */
  position: number | null;
  pace: RacePace;
  /** A compacted topic has no left edge. */
  isCompacted?: boolean;
  width?: number;
  /** What it says in words: `239,871 records unread, the oldest 5 h 08 min old`. */
  label: string;
};

const fills: Record<RacePace, string> = {
  keeping: 'var(--color-series-1)',
  behind: 'var(--color-warning-solid)',
  losing: 'var(--color-critical-solid)',
};

/**
 * Two banks, the committed position as a notch between what retention deletes next and now, and what is unread as the
 * fill from the notch to now. Hatched: the time that is left.
 */
export function Race({ position, pace, isCompacted = false, width = 112, label }: RaceProps) {
  const at = position === null ? null : Math.min(1, Math.max(0, position));
  const notch = at === null ? 0 : Math.min(width - 1, Math.max(1, at * width));
  return (
    <svg
      width={width}
      height={12}
      viewBox={`0 0 ${width} 12`}
      style={{ display: 'inline-block', verticalAlign: 'middle' }}
      role="img"
      aria-label={label}
    >
      <path d={`M0 2.5H${width}M0 9.5H${width}`} stroke="var(--color-line-strong)" />
      {pace === 'losing' && !isCompacted && at !== null && notch > 3 ? (
        <rect x={2} y={3} width={notch - 2} height={6} fill="url(#p-loss)" opacity=".55" />
      ) : null}
      {at === null ? (
        <rect x={2} y={3} width={width - 2} height={6} fill="url(#p-gap)" />
      ) : (
        <rect
          x={notch}
          y={3}
          width={Math.max(1, width - notch)}
          height={6}
          fill={fills[pace]}
          opacity=".85"
        />
      )}
      {isCompacted ? null : <rect x={0} y={1} width={2} height={10} fill="var(--color-ink-3)" />}
      {at === null ? null : <rect x={notch - 1} y={0} width={2} height={12} fill="var(--color-ink)" />}
    </svg>
  );
}
