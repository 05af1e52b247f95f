'use client';

import { Segmented } from '#components/ui/segmented.tsx';
import { comparisons, useCompare } from './use-compare.ts';

const segments = [{ value: 'off', label: 'Nothing' }, ...comparisons] as const;

/** Holds the page's range against yesterday or last week, drawn as a pale line. */
export function CompareChoice() {
  const [compare, setCompare] = useCompare();
  return (
    <span className="flex items-center gap-2 text-xs text-ink-3">
      <span className="whitespace-nowrap" aria-hidden="true">
        Compare with
      </span>
      <Segmented
        label="Compare with"
        segments={segments}
        value={compare ?? 'off'}
        onChange={(value) => setCompare(value === 'off' ? null : value)}
      />
    </span>
  );
}
