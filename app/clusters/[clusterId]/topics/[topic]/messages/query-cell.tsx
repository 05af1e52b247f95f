'use client';

import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { useId } from 'react';
import { Mark } from '#components/ui/mark.tsx';

/** One part of the query bar: its name, its control, and what is wrong with it. */
export function Cell({
  label,
  error,
  children,
}: {
  label: ReactNode;
  error?: string | undefined;
  children: (id: string) => ReactNode;
}) {
  const id = useId();
  return (
    <div className="relative border-r border-line px-2.5 pt-1 pb-[5px] outline-focus focus-within:outline-2 max-tablet:flex-1">
      <label htmlFor={id} className="block text-2xs leading-[14px] whitespace-nowrap text-ink-3">
        {label}
      </label>
      {children(id)}
      {error ? (
        <div
          id={`${id}-error`}
          role="alert"
          className="flex items-baseline gap-1.5 text-2xs whitespace-nowrap text-critical"
        >
          <Mark name="critical" /> {error}
        </div>
      ) : null}
    </div>
  );
}

/** The browser's own list of choices, drawn as a part of the bar. */
export function Choice({
  id,
  value,
  options,
  onChange,
  isSearchTarget,
}: {
  id: string;
  value: string;
  options: readonly { value: string; label: string }[];
  onChange: (value: string) => void;
  isSearchTarget?: boolean;
}) {
  return (
    <span className="relative inline-flex items-center">
      <select
        id={id}
        className="appearance-none bg-surface pr-5 leading-[18px] outline-none"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        data-list-search={isSearchTarget ? '' : undefined}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown className="ic pointer-events-none absolute right-0 text-ink-3" aria-hidden="true" />
    </span>
  );
}
