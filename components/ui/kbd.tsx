import type { ReactNode } from 'react';

/** One key. `isHidden` where the key is only a reminder beside a named control. */
export function Kbd({ children, isHidden }: { children: ReactNode; isHidden?: boolean }) {
  return (
    <kbd className="kbd" aria-hidden={isHidden || undefined}>
      {children}
    </kbd>
  );
}

/** Keys with what they do: `j` `k` move. */
export function KeyHint({ keys, children }: { keys: readonly string[]; children: ReactNode }) {
  return (
    <span className="whitespace-nowrap">
      {keys.map((key) => (
        <span key={key}>
          <Kbd>{key}</Kbd>{' '}
        </span>
      ))}
      {children}
    </span>
  );
}
