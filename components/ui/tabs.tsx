import Link from 'next/link';
import type { ReactNode } from 'react';

export type Tab = { href: string; label: string; note?: ReactNode; isCurrent: boolean };

/** Faces of one object, each with an address of its own. `[` and `]` step through them. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  return (
    <nav className="tabs" aria-label={label} data-tabs="">
      {tabs.map((tab) => (
        <Link key={tab.href} href={tab.href} aria-current={tab.isCurrent ? 'page' : undefined} scroll={false}>
          {tab.label}
          {tab.note === undefined || tab.note === null ? null : <span className="n">{tab.note}</span>}
        </Link>
      ))}
    </nav>
  );
}
