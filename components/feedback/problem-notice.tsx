'use client';

import { useRouter } from 'next/navigation';
import type { ReactNode } from 'react';
import { useTransition } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Mark } from '#components/ui/mark.tsx';
import { Notice } from '#components/ui/notice.tsx';
import type { Problem } from '#lib/model/problem.ts';

/** The reference that finds the entry in the server's log. */
function Reference({ problem }: { problem: Problem }) {
  return problem.reference ? (
    <span className="ref">
      Reference <span className="name">{problem.reference}</span>
    </span>
  ) : null;
}

/**
 * A problem where the data would stand: what happened, what to do, try again, reference. Without `onRetry` the
 * page is read again.
 */
export function ProblemNotice({
  problem,
  onRetry,
  actions,
  isPage,
}: {
  problem: Problem;
  onRetry?: () => void;
  actions?: ReactNode;
  /** It stands for the whole page: its sentence is the page's heading. */
  isPage?: boolean;
}) {
  const Heading = isPage ? 'h1' : 'h2';
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const retry = onRetry ?? (() => startTransition(() => router.refresh()));
  return (
    <div className="face" role="alert">
      <Heading>
        <Mark name="critical" word="Problem:" /> {problem.what}
      </Heading>
      <p>{problem.next}</p>
      <div className="acts">
        <Button onClick={retry} isPending={isPending}>
          Try again
        </Button>
        {actions}
        {problem.retryAfterSeconds ? (
          <span className="ref">Possible again in {problem.retryAfterSeconds} s</span>
        ) : null}
        <Reference problem={problem} />
      </div>
    </div>
  );
}

/** A problem after an act, above the form or beside its control. */
export function ProblemLine({ problem, title }: { problem: Problem; title?: string }) {
  return (
    <Notice tone="critical" isAnnounced title={title ?? problem.what} end={<Reference problem={problem} />}>
      {title ? `${problem.what} ` : ''}
      {problem.next}
    </Notice>
  );
}
