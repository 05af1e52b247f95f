'use client';

import type { ReactNode } from 'react';
import type { MarkName } from './mark.tsx';
import { Mark } from './mark.tsx';

export type Segment<V extends string> = {
  value: V;
  label: string;
  /** How many there are, in grey. */
  count?: ReactNode;
  mark?: MarkName;
  title?: string;
  isDisabled?: boolean;
};

/** One of a few: a filter with counts, a face of the same data, a range. For faces of one object use tabs. */
export function Segmented<V extends string>({
  label,
  segments,
  value,
  onChange,
  className,
  ...data
}: {
  label: string;
  segments: readonly Segment<V>[];
  value: V | null;
  onChange: (value: V) => void;
  className?: string;
  [data: `data-${string}`]: string | undefined;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would draw a legend; the group is named here
    <div className={className ? `seg ${className}` : 'seg'} role="group" aria-label={label} {...data}>
      {segments.map((segment) => (
        <button
          key={segment.value}
          type="button"
          aria-pressed={segment.value === value}
          title={segment.title}
          disabled={segment.isDisabled}
          onClick={() => onChange(segment.value)}
        >
          {segment.mark ? <Mark name={segment.mark} /> : null}
          {segment.label}
          {segment.count === undefined ? null : <span className="n">{segment.count}</span>}
        </button>
      ))}
    </div>
  );
}
