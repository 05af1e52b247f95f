'use client';

import { useId, useState } from 'react';
import { zoneOffset } from '#components/charts/prepare.ts';
import { wallTime } from '#components/charts/range.ts';
import { ProblemLine } from '#components/feedback/problem-notice.tsx';
import { noAnswer } from '#components/forms/use-action-form.ts';
import { useOnce } from '#components/forms/use-once.ts';
import { troubleStates } from '#components/group/lag-words.ts';
import { Button } from '#components/ui/button.tsx';
import { Sheet } from '#components/ui/dialog.tsx';
import { Input } from '#components/ui/input.tsx';
import { Bone } from '#components/ui/skeleton.tsx';
import { useZone } from '#components/values/clock.tsx';
import { formatCountOf } from '#lib/format.ts';
import type { GroupDetail } from '#lib/model/group.ts';
import type { GroupReset, PlanResetOffsetsInput, ResetOutcome } from '#lib/model/offset-reset.ts';
import { offsetsKeptDays } from '#lib/model/offset-reset.ts';
import type { Problem } from '#lib/model/problem.ts';
import { resetOffsetsAction } from '../../actions.ts';
import type { GroupsViewer } from '../../groups-viewer.ts';
import { emptyDraft, type ResetDraft, targetOf, topicsOf } from './reset-draft.ts';
import { ResetOutlook } from './reset-outlook.tsx';
import { confirmWords, isReady } from './reset-ready.ts';
import { ResetScope } from './reset-scope.tsx';
import { ResetTargetFields } from './reset-target.tsx';
import type { GroupPlanState } from './use-group-plan.ts';
import { useResetPlan } from './use-reset-plan.ts';

type Props = {
  viewer: GroupsViewer;
  group: GroupDetail;
  begin: GroupPlanState;
  resets: readonly GroupReset[];
  onClose: () => void;
  onDone: (outcome: ResetOutcome) => void;
};

/** Moves positions of a group: what is typed becomes a plan at once, and nothing is moved before its button. */
export function ResetSheet({ viewer, group, begin, resets, onClose, onDone }: Props) {
  const { clusterId } = viewer;
  const zone = useZone();
  const id = useId();
  const once = useOnce();
  const [draft, setDraft] = useState<ResetDraft>(() => firstDraft(group, begin));
  const [typed, setTyped] = useState('');
  const [isActing, setActing] = useState(false);
  const [refusal, setRefusal] = useState<Problem | null>(null);
  const change = (next: Partial<ResetDraft>) => {
    setRefusal(null);
    // A name is typed for the plan that is seen with it.
    setTyped('');
    setDraft((before) => ({ ...before, ...next }));
  };
  const troubled = group.partitions.filter((row) => troubleStates.includes(row.lag.state));
  const target = targetOf(draft, (wall) => wallTime(wall, zoneOffset(Date.now(), zone)));
  const topics = topicsOf(draft, troubled);
  const input: PlanResetOffsetsInput | null =
    target !== 'empty' && 'target' in target && 'topics' in topics
      ? { clusterId, groupId: group.groupId, topics: topics.topics, target: target.target }
      : null;
  const { plan, isStale, problem, isReading, refresh } = useResetPlan(input);
  const wrong =
    target !== 'empty' && 'problem' in target ? target.problem : 'problem' in topics ? topics.problem : null;
  const canAct = isReady(plan, isStale, typed) && !isActing;

  const apply = async () => {
    if (!plan || !canAct) return;
    setActing(true);
    setRefusal(null);
    const sent = {
      clusterId,
      groupId: group.groupId,
      positions: plan.positions,
      words: plan.words,
      digest: plan.digest,
      type: plan.type,
      typed,
    };
    const result = await resetOffsetsAction(sent, once.of(sent)).catch(() => null);
    setActing(false);
    if (result === null) {
      setRefusal(noAnswer);
      return;
    }
    once.answered();
    if (result.ok) {
      onDone(result.value);
      return;
    }
    setRefusal(result.problem);
    // The world moved: what it would do now is read at once, and the reason stays above it.
    if (result.problem.code === 'plan.moved' || result.problem.code === 'group.active') refresh();
  };

  return (
    <Sheet
      isOpen
      onClose={onClose}
      kind="plan"
      title="Plan an offset reset"
      environment={viewer.environment}
      description={
        <>
          <span className="name">{group.groupId}</span> on <b>{viewer.clusterName}</b>
        </>
      }
      footer={
        <>
          <span className="aside">
            Old offsets are kept {offsetsKeptDays} days: one click takes this back.
          </span>
          <Button onClick={onClose}>Keep offsets</Button>
          <Button
            className="max-tablet:hidden"
            variant="primary"
            disabled={!canAct && !isActing}
            isPending={isActing}
            onClick={() => void apply()}
          >
            {confirmWords(plan)}
          </Button>
        </>
      }
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
        }}
      >
        <ResetScope
          draft={draft}
          onChange={change}
          rows={group.partitions}
          troubled={troubled}
          error={wrong?.field === 'topics' ? wrong.words : fieldOf(problem, 'topics')}
        />
        <ResetTargetFields
          clusterId={clusterId}
          groupId={group.groupId}
          draft={draft}
          onChange={change}
          resets={resets}
          error={wrong && wrong.field !== 'topics' ? wrong.words : fieldOf(problem, 'target')}
        />
      </form>
      <div className="mt-4" aria-live="polite" aria-busy={isReading || isStale}>
        {problem && !fieldOf(problem, 'topics') && !fieldOf(problem, 'target') ? (
          <div className="mt-3">
            <ProblemLine problem={problem} title="Not planned." />
          </div>
        ) : null}
        {isReading && plan === null ? (
          <div className="late" role="status">
            <span className="vh">Reading what would change.</span>
            <Bone width="70%" />
            <br />
            <Bone width="55%" />
          </div>
        ) : null}
        {refusal ? (
          <div className="mt-3">
            <ProblemLine problem={refusal} title="Not reset." />
          </div>
        ) : null}
        {plan && input ? (
          <div className={isStale ? 'opacity-60' : undefined}>
            <ResetOutlook clusterId={clusterId} plan={plan} mayRead={viewer.may.readMessages} />
          </div>
        ) : target === 'empty' ? (
          <p className="text-ink-3">What would happen is shown here as soon as it is known where to.</p>
        ) : null}
      </div>
      {plan && plan.typed !== null && plan.blocked === null && plan.moves.length > 0 ? (
        <div className="fld mt-4">
          <label htmlFor={id}>
            Type <span className="name">{plan.typed}</span> to reset{' '}
            {formatCountOf(plan.moves.length, 'partition', 'partitions')}
          </label>
          <Input
            id={id}
            isMono
            spellCheck={false}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </div>
      ) : null}
    </Sheet>
  );
}

/** What a problem says of a field or of a part of it. */
function fieldOf(problem: Problem | null, field: string): string | undefined {
  const found = Object.entries(problem?.fields ?? {}).find(
    ([path]) => path === field || path.startsWith(`${field}.`),
  );
  return found?.[1];
}

/** What the sheet begins with: what the address names, else those in trouble, else all. */
function firstDraft(group: GroupDetail, begin: GroupPlanState): ResetDraft {
  const names = [...new Set(group.partitions.map(({ topic }) => topic))];
  const topics = names.map((topic) => ({
    topic,
    isChosen: topic === begin.topic || (begin.topic === null && names.length === 1),
    partitions: topic === begin.topic ? (begin.partitions ?? '') : '',
  }));
  const committed = group.partitions.filter((row) => row.committedOffset !== null);
  const troubled = committed.filter((row) => troubleStates.includes(row.lag.state)).length;
  if (begin.saved !== null) return { ...emptyDraft, topics, kind: 'saved', resetId: begin.saved };
  if (begin.topic !== null || committed.length === 0) return { ...emptyDraft, topics, scope: 'chosen' };
  return { ...emptyDraft, topics, scope: troubled > 0 && troubled < committed.length ? 'trouble' : 'all' };
}
