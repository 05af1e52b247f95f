'use client';

import type { HTMLInputTypeAttribute, ReactNode } from 'react';
import { Checkbox, Radio, Switch } from '#components/ui/choice.tsx';
import type { SelectOption } from '#components/ui/input.tsx';
import { Input, Select, Textarea } from '#components/ui/input.tsx';
import { Mark } from '#components/ui/mark.tsx';
import type { FieldState } from './use-action-form.ts';

type Around = {
  label: string;
  help?: ReactNode;
  isOptional?: boolean;
};

/** Label above, help below, what is wrong below that in words with a mark. */
export function FieldFrame({
  id,
  label,
  help,
  error,
  isOptional,
  children,
}: Around & { id: string; error?: string; children: ReactNode }) {
  return (
    <div className="fld">
      <label htmlFor={id}>
        {label} {isOptional ? <span className="opt">optional</span> : null}
      </label>
      {children}
      {help ? (
        <div className="hp" id={`${id}-help`}>
          {help}
        </div>
      ) : null}
      {error ? (
        <div className="er" id={`${id}-error`} role="alert">
          <Mark name="critical" />
          <span>{error}</span>
        </div>
      ) : null}
    </div>
  );
}

const told = (id: string, help: ReactNode, error: string | undefined) => ({
  'aria-invalid': error ? (true as const) : undefined,
  'aria-describedby':
    [help ? `${id}-help` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ') || undefined,
});

export function TextField({
  field,
  label,
  help,
  isOptional,
  suffix,
  isMono,
  type = 'text',
  autoComplete,
  inputMode,
  placeholder,
  isDisabled,
  hasFocus,
}: Around & {
  field: FieldState<string>;
  suffix?: ReactNode;
  isMono?: boolean;
  type?: HTMLInputTypeAttribute;
  autoComplete?: string;
  inputMode?: 'numeric' | 'decimal' | 'email' | 'text';
  placeholder?: string;
  isDisabled?: boolean;
  hasFocus?: boolean;
}) {
  const { id, name, value, error, onValue, onBlur } = field;
  return (
    <FieldFrame id={id} label={label} help={help} error={error} isOptional={isOptional}>
      <Input
        id={id}
        name={name}
        type={type}
        value={value}
        onChange={(event) => onValue(event.target.value)}
        onBlur={onBlur}
        suffix={suffix}
        isMono={isMono}
        autoComplete={autoComplete ?? 'off'}
        inputMode={inputMode}
        placeholder={placeholder}
        disabled={isDisabled}
        autoFocus={hasFocus}
        spellCheck={false}
        {...told(id, help, error)}
      />
    </FieldFrame>
  );
}

export function TextareaField({
  field,
  label,
  help,
  isOptional,
  isMono,
  rows,
  placeholder,
}: Around & { field: FieldState<string>; isMono?: boolean; rows?: number; placeholder?: string }) {
  const { id, name, value, error, onValue, onBlur } = field;
  return (
    <FieldFrame id={id} label={label} help={help} error={error} isOptional={isOptional}>
      <Textarea
        id={id}
        name={name}
        value={value}
        rows={rows}
        isMono={isMono}
        placeholder={placeholder}
        onChange={(event) => onValue(event.target.value)}
        onBlur={onBlur}
        {...told(id, help, error)}
      />
    </FieldFrame>
  );
}

export function SelectField({
  field,
  label,
  help,
  isOptional,
  options,
  isDisabled,
}: Around & { field: FieldState<string>; options: readonly SelectOption[]; isDisabled?: boolean }) {
  const { id, name, value, error, onValue, onBlur } = field;
  return (
    <FieldFrame id={id} label={label} help={help} error={error} isOptional={isOptional}>
      <Select
        id={id}
        name={name}
        value={value}
        options={options}
        disabled={isDisabled}
        onChange={(event) => onValue(event.target.value)}
        onBlur={onBlur}
        {...told(id, help, error)}
      />
    </FieldFrame>
  );
}

/** A few choices side by side, one of them taken. */
export function RadioField({
  field,
  label,
  help,
  options,
}: Around & {
  field: FieldState<string>;
  options: readonly { value: string; label: ReactNode; help?: ReactNode; isDisabled?: boolean }[];
}) {
  const { id, name, value, error, onValue } = field;
  return (
    <fieldset className="fld" {...told(id, help, error)}>
      <legend className="lb mb-1 font-medium">{label}</legend>
      <div className="choices">
        {options.map((option, index) => (
          <Radio
            key={option.value}
            id={index === 0 ? id : undefined}
            name={name}
            value={option.value}
            label={option.label}
            help={option.help}
            disabled={option.isDisabled}
            checked={value === option.value}
            onChange={() => onValue(option.value)}
          />
        ))}
      </div>
      {help ? (
        <div className="hp" id={`${id}-help`}>
          {help}
        </div>
      ) : null}
      {error ? (
        <div className="er" id={`${id}-error`} role="alert">
          <Mark name="critical" />
          <span>{error}</span>
        </div>
      ) : null}
    </fieldset>
  );
}

/** A tick in a form. `isSwitch` for what reads as on or off. */
export function CheckField({
  field,
  label,
  help,
  isSwitch,
  isDisabled,
}: {
  field: FieldState<boolean>;
  label: ReactNode;
  help?: ReactNode;
  isSwitch?: boolean;
  isDisabled?: boolean;
}) {
  const Control = isSwitch ? Switch : Checkbox;
  return (
    <Control
      id={field.id}
      name={field.name}
      label={label}
      help={help}
      disabled={isDisabled}
      checked={field.value}
      onChange={(event) => field.onValue(event.target.checked)}
    />
  );
}
