import type { ReactNode } from 'react';

/** A short word in a well. Colour only where it means trouble or success. */
export function Tag({
  children,
  tone,
}: {
  children: ReactNode;
  tone?: 'line' | 'critical' | 'warning' | 'good' | 'water';
}) {
  return <span className={tone ? `tag ${tone}` : 'tag'}>{children}</span>;
}
