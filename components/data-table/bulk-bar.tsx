'use client';

import type { ReactNode } from 'react';
import { Button } from '#components/ui/button.tsx';
import { formatCount } from '#lib/format.ts';

/** Floats at the bottom while rows are ticked: how many of how many, what can be done with them, and the way out. */
export function BulkBar({
  one,
  many,
  total,
  keys,
  actions,
  onClear,
}: {
  one: string;
  many: string;
  total: number;
  keys: string[];
  actions: (keys: string[], clear: () => void) => ReactNode;
  onClear: () => void;
}) {
  return (
    <section className="bulk" aria-label={`Selected ${many}`}>
      <span role="status">
        <b>
          {formatCount(keys.length)} {keys.length === 1 ? one : many}
        </b>{' '}
        selected <span className="text-ink-3">of {formatCount(total)}</span>
      </span>
      {actions(keys, onClear)}
      <Button variant="bare" size="sm" shortcut="Esc" onClick={onClear}>
        Clear
      </Button>
    </section>
  );
}
