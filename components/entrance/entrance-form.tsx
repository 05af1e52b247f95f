'use client';

import { type FormEvent, useId, useRef, useState } from 'react';
import { ProblemLine } from '#components/feedback/problem-notice.tsx';
import { Button } from '#components/ui/button.tsx';
import { Input } from '#components/ui/input.tsx';
import { Mark } from '#components/ui/mark.tsx';
import { postForm } from '#lib/client/post-form.ts';
import type { Problem } from '#lib/model/problem.ts';
import { faultOf } from './fault-of.ts';

export type EntranceField = {
  name: string;
  label: string;
  kind: 'text' | 'email' | 'password' | 'new-password' | 'token';
  autoComplete: string;
  help?: string;
  value?: string;
};

/**
 * A form that somebody who is not signed in sends. With scripts it stays and says what is wrong beside the field; sent
 * before they run, it is a plain form and its page comes back with the problem.
 */
export function EntranceForm({
  action,
  fields,
  hidden = {},
  submit,
  problem: problemAtStart,
}: {
  action: string;
  fields: readonly EntranceField[];
  /** Sent along without being shown. */
  hidden?: Readonly<Record<string, string>>;
  submit: string;
  problem: Problem | null;
}) {
  const [problem, setProblem] = useState(problemAtStart);
  const [faults, setFaults] = useState<Readonly<Record<string, string>>>({});
  const [isPending, setIsPending] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  const focusFirst = (wrong: Readonly<Record<string, string>>) => {
    const first = fields.find((field) => wrong[field.name]);
    if (first) (form.current?.elements.namedItem(first.name) as HTMLInputElement | null)?.focus();
  };

  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isPending) return;
    const values = Object.fromEntries(
      [...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value)]),
    );
    const wrong = Object.fromEntries(
      fields.flatMap((field) => {
        const fault = faultOf(field.kind, field.label, values[field.name] ?? '');
        return fault ? [[field.name, fault]] : [];
      }),
    );
    setFaults(wrong);
    if (Object.keys(wrong).length > 0) {
      setProblem(null);
      focusFirst(wrong);
      return;
    }
    setIsPending(true);
    const result = await postForm(action, values);
    if (result.ok) {
      window.location.assign(result.to);
      return;
    }
    setIsPending(false);
    const named = result.problem.fields ?? {};
    const isAllNamed =
      Object.keys(named).length > 0 &&
      Object.keys(named).every((name) => fields.some((f) => f.name === name));
    setFaults(named);
    setProblem(isAllNamed ? null : result.problem);
    focusFirst(named);
  };

  return (
    <form ref={form} action={action} method="post" noValidate onSubmit={onSubmit} className="grid gap-4">
      {problem ? <ProblemLine problem={problem} /> : null}
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {fields.map((field, index) => (
        <EntranceLine
          key={field.name}
          field={field}
          fault={faults[field.name]}
          isFirst={index === 0}
          // Gone while typing, not on leaving: the button must not move from under the pointer that presses it.
          onInput={() => setFaults(({ [field.name]: _, ...rest }) => rest)}
          onBlur={(value) => {
            const fault = value === '' ? null : faultOf(field.kind, field.label, value);
            setFaults(({ [field.name]: _, ...rest }) => (fault ? { ...rest, [field.name]: fault } : rest));
          }}
        />
      ))}
      <Button type="submit" variant="primary" size="lg" isPending={isPending}>
        {submit}
      </Button>
    </form>
  );
}

function EntranceLine({
  field,
  fault,
  isFirst,
  onInput,
  onBlur,
}: {
  field: EntranceField;
  fault: string | undefined;
  isFirst: boolean;
  onInput: () => void;
  onBlur: (value: string) => void;
}) {
  const id = useId();
  const isSecret = field.kind === 'password' || field.kind === 'new-password';
  const [isShown, setIsShown] = useState(false);
  const said = [field.help ? `${id}-help` : '', fault ? `${id}-fault` : ''].filter(Boolean).join(' ');
  return (
    <div className="fld">
      <label htmlFor={id}>{field.label}</label>
      <Input
        id={id}
        name={field.name}
        type={isSecret && !isShown ? 'password' : field.kind === 'email' ? 'email' : 'text'}
        defaultValue={field.value}
        autoComplete={field.autoComplete}
        autoCapitalize="none"
        spellCheck={false}
        autoFocus={isFirst}
        isMono={field.kind === 'token'}
        boxClassName="lg"
        aria-invalid={fault ? true : undefined}
        aria-describedby={said || undefined}
        onInput={onInput}
        onBlur={(event) => onBlur(event.currentTarget.value)}
        suffix={
          isSecret ? (
            <button
              type="button"
              className="min-h-6 px-1 text-water"
              aria-pressed={isShown}
              aria-label={`${isShown ? 'Hide' : 'Show'} ${field.label.toLowerCase()}`}
              onClick={() => setIsShown(!isShown)}
            >
              {isShown ? 'Hide' : 'Show'}
            </button>
          ) : undefined
        }
      />
      {field.help ? (
        <p className="hp" id={`${id}-help`}>
          {field.help}
        </p>
      ) : null}
      {fault ? (
        <p className="er" id={`${id}-fault`}>
          <Mark name="critical" />
          {fault}
        </p>
      ) : null}
    </div>
  );
}
