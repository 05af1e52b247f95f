import clsx from 'clsx';
import { ChevronDown, Search } from 'lucide-react';
import type { InputHTMLAttributes, ReactNode, SelectHTMLAttributes, TextareaHTMLAttributes } from 'react';
import { Kbd } from './kbd.tsx';

type Box = {
  /** Unit, inside the field at its right end. */
  suffix?: ReactNode;
  isMono?: boolean;
  isQuiet?: boolean;
  boxClassName?: string;
};

export type InputProps = InputHTMLAttributes<HTMLInputElement> &
  Box & { lead?: ReactNode; inputRef?: React.Ref<HTMLInputElement> };

/** A line of text. Label, help and error belong to the field around it. */
export function Input({ suffix, isMono, isQuiet, boxClassName, lead, inputRef, ...rest }: InputProps) {
  return (
    <span className={clsx('in-box', isMono && 'mono', isQuiet && 'quiet', boxClassName)}>
      {lead}
      <input ref={inputRef} autoComplete="off" {...rest} />
      {suffix ? <span className="suf">{suffix}</span> : null}
    </span>
  );
}

/** Searches the list below it. `/` goes there from anywhere on the page. */
export function SearchInput({ label, boxClassName, ...rest }: InputProps & { label: string }) {
  return (
    <Input
      {...rest}
      type="search"
      aria-label={label}
      placeholder={rest.placeholder ?? label}
      aria-keyshortcuts="/"
      data-list-search=""
      isQuiet
      lead={<Search className="ic text-ink-3" aria-hidden="true" />}
      suffix={<Kbd isHidden>/</Kbd>}
      boxClassName={clsx('w-[268px] max-w-full', boxClassName)}
    />
  );
}

export function Textarea({
  isMono,
  isQuiet,
  boxClassName,
  suffix: _suffix,
  ...rest
}: TextareaHTMLAttributes<HTMLTextAreaElement> & Box) {
  return (
    <span className={clsx('in-box area', isMono && 'mono', isQuiet && 'quiet', boxClassName)}>
      <textarea rows={4} spellCheck={false} {...rest} />
    </span>
  );
}

export type SelectOption = { value: string; label: string; isDisabled?: boolean };

/** The browser's own list of choices: keyboard, touch and screen readers know it. */
export function Select({
  options,
  isQuiet,
  boxClassName,
  ...rest
}: SelectHTMLAttributes<HTMLSelectElement> &
  Pick<Box, 'isQuiet' | 'boxClassName'> & { options: readonly SelectOption[] }) {
  return (
    <span className={clsx('in-box pick', isQuiet && 'quiet', boxClassName)}>
      <select {...rest}>
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.isDisabled}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown className="ic" aria-hidden="true" />
    </span>
  );
}
