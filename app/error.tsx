'use client';

import { LonePage } from '#components/feedback/lone-page.tsx';
import { Button, ButtonLink } from '#components/ui/button.tsx';
import { paths } from '#lib/paths.ts';

/** A fault of our own: a cluster that does not answer is a normal state of a page and never comes here. */
export default function ErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <LonePage
      title="Millrace failed to draw this page."
      actions={
        <>
          <Button variant="primary" onClick={reset}>
            Try again
          </Button>
          <ButtonLink href={paths.fleet()}>Open the fleet</ButtonLink>
          {error.digest ? (
            <span className="text-xs text-ink-3">
              Reference <span className="name">{error.digest}</span>
            </span>
          ) : null}
        </>
      }
    >
      The fault is in Millrace, not in the cluster. Nothing was changed. The reference finds it in the
      server's log.
    </LonePage>
  );
}
