'use client';

import { LonePage } from '#components/feedback/lone-page.tsx';
import { Button } from '#components/ui/button.tsx';
import './globals.css';

/** The frame itself failed: a page of its own, with nothing that could fail again. */
export default function GlobalError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <html lang="en" data-theme="light">
      <body>
        <LonePage
          title="Millrace failed to start this page."
          actions={
            <>
              <Button variant="primary" onClick={reset}>
                Try again
              </Button>
              {error.digest ? <span className="text-xs text-ink-3">Reference {error.digest}</span> : null}
            </>
          }
        >
          The fault is in Millrace, not in the cluster. The reference finds it in the server's log.
        </LonePage>
      </body>
    </html>
  );
}
