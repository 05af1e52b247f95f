'use client';

import clsx from 'clsx';
import { ChevronDown } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
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
      <CellError id={`${id}-error`} error={error} />
    </div>
  );
}

/** What is wrong with a field, below it. */
export function CellError({ id, error }: { id: string; error: string | undefined }) {
  if (!error) return null;
  return (
    <div
      id={id}
      role="alert"
      className="flex items-baseline gap-1.5 text-2xs whitespace-nowrap text-critical"
    >
      <Mark name="critical" /> {error}
    </div>
  );
}

/** The browser's own list of choices, drawn as a part of the bar. */
export function Choice({
  id,
  value,
  options,
  onChange,
  error,
}: {
  id: string;
  value: string;
  options: readonly { value: string; label: string }[];
  onChange: (value: string) => void;
  error?: string | undefined;
}) {
  return (
    <span className="relative inline-flex items-center">
      <select
        id={id}
        className="field-sizing-content appearance-none bg-surface pr-5 leading-[18px] outline-none"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
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

/** What stands in a part of the bar that opens a panel or a menu. */
export function CellButton({
  words,
  name,
  note,
  className,
  ...rest
}: ComponentProps<'button'> & {
  words: ReactNode;
  /** Its whole name: which part it is and what it is set to. */
  name: string;
  note?: ReactNode;
}) {
  return (
    <button
      type="button"
      {...rest}
      className={clsx(
        'inline-flex max-w-[280px] items-center gap-1.5 leading-[18px] whitespace-nowrap outline-none',
        className,
      )}
      aria-label={name}
    >
      <span className="truncate">{words}</span>
      {note ? <span className="text-xs text-ink-3">{note}</span> : null}
      <ChevronDown className="ic flex-none text-ink-3" aria-hidden="true" />
    </button>
  );
}
