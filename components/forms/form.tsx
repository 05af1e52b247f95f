'use client';

import type { ReactNode } from 'react';
import { ProblemLine } from '#components/feedback/problem-notice.tsx';
import { Button } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import type { FormValues } from './field-state.ts';
import { strayErrors } from './field-state.ts';
import type { ActionForm } from './use-action-form.ts';

/** A form of `useActionForm`: the problem above, its fields, and the button that says what it does. */
export function Form<V extends FormValues>({
  form,
  submit,
  isDisabled,
  why,
  cancel,
  problemTitle,
  children,
}: {
  form: ActionForm<V>;
  /** A verb and its object. */
  submit: string;
  isDisabled?: boolean;
  /** Why it cannot be sent now, or what sending does. */
  why?: ReactNode;
  cancel?: ReactNode;
  /** `Not created.` */
  problemTitle?: string;
  children: ReactNode;
}) {
  const stray = strayErrors(form.errors, form.fieldNames);
  return (
    <form className="form" onSubmit={form.onSubmit} noValidate>
      {form.problem ? <ProblemLine problem={form.problem} title={problemTitle} /> : null}
      {stray.length > 0 ? (
        <Notice tone="critical" isAnnounced>
          {stray.join(' ')}
        </Notice>
      ) : null}
      {children}
      <div className="end">
        <Button type="submit" variant="primary" isPending={form.isPending} disabled={isDisabled}>
          {submit}
        </Button>
        {cancel}
        {why ? <span className="why">{why}</span> : null}
      </div>
    </form>
  );
}

/** Dangerous acts, last on the page, framed in critical; each opens its plan. */
export function DangerList({
  acts,
}: {
  acts: readonly { title: string; note: ReactNode; action: ReactNode }[];
}) {
  return (
    <ul className="danger">
      {acts.map((act) => (
        <li key={act.title}>
          <div>
            <b>{act.title}</b>
            <div className="hp">{act.note}</div>
          </div>
          {act.action}
        </li>
      ))}
    </ul>
  );
}
