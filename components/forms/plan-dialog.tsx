'use client';

import type { ReactNode } from 'react';
import { useCallback, useEffect, useId, useRef, useState } from 'react';
import { ProblemLine, ProblemNotice } from '#components/feedback/problem-notice.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog, Sheet } from '#components/ui/dialog.tsx';
import type { EnvironmentName } from '#components/ui/environment.tsx';
import { Input } from '#components/ui/input.tsx';
import { Bone } from '#components/ui/skeleton.tsx';
import { ClockTime } from '#components/values/time.tsx';
import type { Once } from '#lib/model/once.ts';
import type { ActionResult, Problem } from '#lib/model/problem.ts';
import type { SameAsText } from './same-as.tsx';
import { SameAs } from './same-as.tsx';
import { noAnswer } from './use-action-form.ts';
import { useOnce } from './use-once.ts';

/** What a plan shows before it is carried out. */
export type PlanView = {
  /** What comes back and what does not, in a sentence or two. */
  consequence: ReactNode;
  /** The objects, in a table with counts and who still uses them. */
  body?: ReactNode;
  /** Repeats verb and count: `Delete 3 topics`. */
  confirm: string;
  /** The name to type in production: of the object, of the cluster when there are several. Left out for what can be undone. */
  typed?: string;
  /** `Type eu-prod-1 to` … `delete 3 topics and 216,518 records`. */
  typedTo?: string;
  /** What nobody can bring back is typed outside production too. */
  isTypedEverywhere?: boolean;
  isDanger?: boolean;
  /** Why it cannot be carried out as it is. */
  blocked?: string | null;
  sameAs?: readonly SameAsText[];
};

type State<P> =
  | { kind: 'reading' }
  | { kind: 'failed'; problem: Problem }
  | { kind: 'ready'; plan: P; readAt: number; problem: Problem | null; isActing: boolean };

/**
 * Plan and confirm. Opening it reads the plan; the button carries it out with what the plan saw, and the server refuses when the world
 * moved: then the new plan is read and shown with the reason.
 */
export function PlanDialog<P, R>({
  isOpen,
  onClose,
  kind = 'dialog',
  title,
  environment,
  clusterName,
  plan,
  act,
  onDone,
  view,
  keep,
}: {
  isOpen: boolean;
  onClose: () => void;
  kind?: 'dialog' | 'sheet';
  title: string;
  environment: EnvironmentName;
  clusterName: string;
  plan: () => Promise<ActionResult<P>>;
  /** Gets what was typed too, because the server checks it again, and the key under which the server does this once. */
  act: (plan: P, typed: string, once: Once) => Promise<ActionResult<R>>;
  onDone: (value: R) => void;
  view: (plan: P) => PlanView;
  /** What the other button says stays: `Keep topics`. */
  keep: string;
}) {
  const [state, setState] = useState<State<P>>({ kind: 'reading' });
  const [typed, setTyped] = useState('');
  const id = useId();
  const once = useOnce();
  const planRef = useRef(plan);
  planRef.current = plan;

  const read = useCallback(async (because: Problem | null) => {
    try {
      const result = await planRef.current();
      setState(
        result.ok
          ? { kind: 'ready', plan: result.value, readAt: Date.now(), problem: because, isActing: false }
          : { kind: 'failed', problem: result.problem },
      );
    } catch {
      setState({
        kind: 'failed',
        problem: { ...noAnswer, what: 'Millrace did not answer.', next: 'Try again.' },
      });
    }
  }, []);

  useEffect(() => {
    if (!isOpen) return;
    setState({ kind: 'reading' });
    setTyped('');
    void read(null);
  }, [isOpen, read]);

  const shown = state.kind === 'ready' ? view(state.plan) : null;
  const mustType =
    shown?.typed !== undefined && (environment === 'production' || shown.isTypedEverywhere === true);
  const isTyped = !mustType || typed === shown?.typed;
  const canAct = state.kind === 'ready' && !state.isActing && isTyped && !shown?.blocked;

  const confirm = async () => {
    if (state.kind !== 'ready' || !canAct) return;
    setState({ ...state, isActing: true, problem: null });
    try {
      const result = await act(state.plan, typed, once.of([state.plan, typed]));
      once.answered();
      if (result.ok) {
        onDone(result.value);
        return;
      }
      if (result.problem.code === 'plan.moved') await read(result.problem);
      else setState({ ...state, isActing: false, problem: result.problem });
    } catch {
      setState({ ...state, isActing: false, problem: noAnswer });
    }
  };

  const footer = (
    <>
      <span className="aside tablet:hidden">Plans are carried out on a wider screen.</span>
      <Button onClick={onClose}>{keep}</Button>
      {shown ? (
        <Button
          className="max-tablet:hidden"
          variant={shown.isDanger ? 'danger' : 'primary'}
          disabled={!canAct && !(state.kind === 'ready' && state.isActing)}
          isPending={state.kind === 'ready' && state.isActing}
          onClick={() => void confirm()}
        >
          {shown.confirm}
        </Button>
      ) : null}
    </>
  );
  const Frame = kind === 'sheet' ? PlanSheetFrame : Dialog;
  return (
    <Frame
      isOpen={isOpen}
      onClose={onClose}
      title={title}
      environment={environment}
      description={
        <>
          on <b>{clusterName}</b>. {shown?.consequence}
        </>
      }
      footer={footer}
    >
      {state.kind === 'reading' ? (
        <div className="late py-4" role="status">
          <span className="vh">Reading what would change.</span>
          <Bone width="70%" />
          <br />
          <Bone width="55%" />
        </div>
      ) : null}
      {state.kind === 'failed' ? (
        <ProblemNotice
          problem={state.problem}
          onRetry={() => {
            setState({ kind: 'reading' });
            void read(null);
          }}
        />
      ) : null}
      {state.kind === 'ready' && shown ? (
        <>
          {state.problem ? (
            <div className="mt-2">
              <ProblemLine problem={state.problem} />
            </div>
          ) : null}
          {shown.body ? <div className="mt-3">{shown.body}</div> : null}
          {shown.blocked ? (
            <p className="mt-3 font-medium text-critical" role="status">
              {shown.blocked}
            </p>
          ) : null}
          {mustType && !shown.blocked ? (
            <form
              className="fld mt-3"
              onSubmit={(event) => {
                event.preventDefault();
                void confirm();
              }}
            >
              <label htmlFor={id}>
                Type <span className="name">{shown.typed}</span> to{' '}
                {shown.typedTo ?? shown.confirm.toLowerCase()}
              </label>
              <Input
                id={id}
                isMono
                value={typed}
                spellCheck={false}
                onChange={(event) => setTyped(event.target.value)}
              />
            </form>
          ) : null}
          <SameAs
            texts={shown.sameAs ?? []}
            aside={
              <>
                Plan read at <ClockTime at={state.readAt} />. Refused if anything moves before you confirm.
              </>
            }
          />
        </>
      ) : null}
    </Frame>
  );
}

const PlanSheetFrame = (props: Parameters<typeof Dialog>[0]) => <Sheet {...props} kind="plan" />;
