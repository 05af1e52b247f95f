'use client';

import type { InputHTMLAttributes, ReactNode } from 'react';
import { useEffect, useRef } from 'react';

type ChoiceProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'type' | 'children'> & {
  label: ReactNode;
  help?: ReactNode;
};

function Choice({
  label,
  help,
  className,
  children,
}: Pick<ChoiceProps, 'label' | 'help' | 'className'> & { children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child
    <label className={className ? `choice ${className}` : 'choice'}>
      {children}
      <span>
        {label}
        {help ? <span className="hp">{help}</span> : null}
      </span>
    </label>
  );
}

/** A tick: part of a form, or a filter that may be combined with others. */
export function Checkbox({ label, help, className, ...rest }: ChoiceProps) {
  return (
    <Choice label={label} help={help} className={className}>
      <input type="checkbox" className="check" {...rest} />
    </Choice>
  );
}

/** The tick of a row or of all rows; `isSome` when only some are ticked. */
export function RowCheckbox({
  label,
  isSome = false,
  ...rest
}: Omit<InputHTMLAttributes<HTMLInputElement>, 'type'> & { label: string; isSome?: boolean }) {
  const ref = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (ref.current) ref.current.indeterminate = isSome;
  }, [isSome]);
  return <input type="checkbox" className="check" ref={ref} aria-label={label} {...rest} />;
}

export function Radio({ label, help, className, ...rest }: ChoiceProps) {
  return (
    <Choice label={label} help={help} className={className}>
      <input type="radio" className="radio" {...rest} />
    </Choice>
  );
}

/** On or off, at once: not for a value that a form sends later. */
export function Switch({ label, help, className, ...rest }: ChoiceProps) {
  return (
    <Choice label={label} help={help} className={className}>
      {/* biome-ignore lint/a11y/useAriaPropsForRole: a checkbox tells its state by itself */}
      <input type="checkbox" role="switch" className="switcher" {...rest} />
    </Choice>
  );
}
