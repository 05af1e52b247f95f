import clsx from 'clsx';
import type { ReactNode } from 'react';

/**
 * What a state means, told by shape first: critical ■ lost now · warning ▲ at risk or one part lost · explained △ follows
 * from a cause shown elsewhere · ok ○ · good ✓ an act succeeded · work ◐ running job · off ❙❙ stopped on purpose ·
 * unknown dashed ○ · note ● waits for a person.
 */
export type MarkName =
  | 'critical'
  | 'warning'
  | 'explained'
  | 'ok'
  | 'good'
  | 'work'
  | 'off'
  | 'unknown'
  | 'note';

/** The word a mark has when nothing more exact is said. */
export const markWords: Record<MarkName, string> = {
  critical: 'critical',
  warning: 'warning',
  explained: 'explained',
  ok: 'ok',
  good: 'done',
  work: 'running',
  off: 'paused',
  unknown: 'unknown',
  note: 'waiting for you',
};

/** The shape alone. A word stands beside it, or is given as `word` for those who hear the page. */
export function Mark({ name, word, className }: { name: MarkName; word?: string; className?: string }) {
  return (
    <>
      <svg className={clsx('mk', name, className)} viewBox="0 0 10 10" aria-hidden="true">
        <use href={`#k-${name}`} />
      </svg>
      {word ? <span className="vh">{word}</span> : null}
    </>
  );
}

/** A mark with its word: the drawing of every state. */
export function State({
  mark,
  children,
  className,
}: {
  mark: MarkName;
  children: ReactNode;
  className?: string;
}) {
  return (
    <span className={clsx('st', mark, className)}>
      <Mark name={mark} />
      {children}
    </span>
  );
}

/** The shapes and hatchings that the whole page refers to. Stands once, at the start of the body. */
export function MarkSprite() {
  return (
    <svg width="0" height="0" style={{ position: 'absolute' }} aria-hidden="true">
      <defs>
        <symbol id="k-critical" viewBox="0 0 10 10">
          <rect x=".5" y=".5" width="9" height="9" rx="1" fill="currentColor" />
        </symbol>
        <symbol id="k-warning" viewBox="0 0 10 10">
          <path d="M5 .6 9.8 9.3H.2Z" fill="currentColor" />
        </symbol>
        <symbol id="k-explained" viewBox="0 0 10 10">
          <path d="M5 1.6 9 8.8H1Z" fill="none" stroke="currentColor" strokeWidth="1.3" />
        </symbol>
        <symbol id="k-ok" viewBox="0 0 10 10">
          <circle cx="5" cy="5" r="3.6" fill="none" stroke="currentColor" strokeWidth="1.4" />
        </symbol>
        <symbol id="k-good" viewBox="0 0 10 10">
          <path d="M1 5.4 4 8.4 9.2 1.9" fill="none" stroke="currentColor" strokeWidth="1.8" />
        </symbol>
        <symbol id="k-unknown" viewBox="0 0 10 10">
          <circle
            cx="5"
            cy="5"
            r="3.9"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.4"
            strokeDasharray="2.1 2"
          />
        </symbol>
        <symbol id="k-work" viewBox="0 0 10 10">
          <circle cx="5" cy="5" r="3.9" fill="none" stroke="currentColor" strokeWidth="1.4" />
          <path d="M5 1.1a3.9 3.9 0 0 1 0 7.8Z" fill="currentColor" />
        </symbol>
        <symbol id="k-off" viewBox="0 0 10 10">
          <path d="M2.5 1.2h1.9v7.6H2.5zM5.8 1.2h1.9v7.6H5.8z" fill="currentColor" />
        </symbol>
        <symbol id="k-note" viewBox="0 0 10 10">
          <circle cx="5" cy="5" r="4.2" fill="currentColor" />
        </symbol>
        <pattern id="p-gap" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path d="M0 0V6" stroke="var(--color-line-strong)" strokeWidth="1.4" />
        </pattern>
        <pattern id="p-loss" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path d="M0 0V4" stroke="var(--color-critical-solid)" strokeWidth="1.6" />
        </pattern>
      </defs>
    </svg>
  );
}
