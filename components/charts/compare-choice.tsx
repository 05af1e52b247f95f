'use client';

import { Segmented } from '#components/ui/segmented.tsx';
import { comparisons, useCompare } from './use-compare.ts';

const segments = [{ value: 'off', label: 'Alone' }, ...comparisons] as const;

/** Holds the page's range against yesterday or last week, drawn as a pale line. */
export function CompareChoice() {
  const [compare, setCompare] = useCompare();
  return (
    <Segmented
      label="Compare with"
      segments={segments}
      value={compare ?? 'off'}
      onChange={(value) => setCompare(value === 'off' ? null : value)}
    />
  );
}
