'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { TimeRange } from '#components/charts/time-range.tsx';
import { BrandMark } from '#components/ui/brand.tsx';
import { AlertBell } from './alert-bell.tsx';
import { LiveRing } from './live-ring.tsx';
import { useShell } from './shell-context.tsx';

/** A step of the way to this page; without `href` it is the page itself. `isName` for names that people chose. */
export type Crumb = { label: string; href?: string; isName?: boolean };

/** The bar: where this is, which range of time, how fresh. */
function Bar({ crumbs, hasRange, end }: { crumbs: readonly Crumb[]; hasRange?: boolean; end?: ReactNode }) {
  const { openNavigation, liveness, cluster } = useShell();
  return (
    <header className="bar">
      <button type="button" className="fold" aria-label="Open navigation" onClick={openNavigation}>
        <BrandMark size={20} />
      </button>
      <nav aria-label="Breadcrumb" className="min-w-0 grow">
        <ol className="crumbs">
          {crumbs.map((crumb, index) => {
            // Pages know a cluster by its id; people know it by its name.
            const isCluster = cluster !== null && crumb.label === cluster.id;
            const label = isCluster ? cluster.name : crumb.label;
            const className = crumb.isName && !isCluster ? 'name' : undefined;
            return (
              <li key={`${crumb.label} ${crumb.href}`}>
                {crumb.href && index < crumbs.length - 1 ? (
                  <Link href={crumb.href} className={className}>
                    {label}
                  </Link>
                ) : (
                  <span aria-current="page" className={className}>
                    {label}
                  </span>
                )}
              </li>
            );
          })}
        </ol>
      </nav>
      {hasRange ? <TimeRange /> : null}
      {end}
      <AlertBell />
      {liveness ? <LiveRing liveness={liveness} /> : null}
    </header>
  );
}

/** A page inside the frame: the bar above, its content below. */
export function Page({
  crumbs,
  hasRange,
  end,
  children,
}: {
  crumbs: readonly Crumb[];
  /** The page draws over time: shows the choice of range. */
  hasRange?: boolean;
  end?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="main">
      <Bar crumbs={crumbs} hasRange={hasRange} end={end} />
      <main className="page" id="main" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}
