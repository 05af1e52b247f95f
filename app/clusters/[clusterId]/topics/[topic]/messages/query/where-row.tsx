'use client';

import { useMemo, useRef, useState } from 'react';
import { ExpressionEditor, type ExpressionHandle } from '#components/code/expression-editor.tsx';
import { ProblemLine } from '#components/feedback/problem-notice.tsx';
import { noAnswer } from '#components/forms/use-action-form.ts';
import { Button } from '#components/ui/button.tsx';
import { Mark } from '#components/ui/mark.tsx';
import { ProblemError } from '#lib/client/get-json.ts';
import { formatCountOf } from '#lib/format.ts';
import type { FilterTrial } from '#lib/model/filter-check.ts';
import type { ExpressionProblem } from '#lib/model/message-filter.ts';
import type { Problem } from '#lib/model/problem.ts';
import type { MessageAddress } from '../message-address.ts';
import { conditionsOf } from './conditions.ts';
import { ConditionsRow } from './conditions-row.tsx';
import { FilterBuilder } from './filter-builder.tsx';
import { FilterHelp } from './filter-help-panel.tsx';
import { suggestionsOf } from './filter-suggestions.ts';
import { TrialPanel } from './trial-panel.tsx';
import { tryFilter, useFilterCheck, useFilterFields } from './use-filter-check.ts';

export type RecordPlace = { partition: number; offset: string };

/** What narrows the records down: conditions on their bytes, then the expression over what they mean. */
export function WhereRow({
  clusterId,
  topic,
  draft,
  error,
  record,
  onChange,
  onRun,
  onStop,
}: {
  clusterId: string;
  topic: string;
  draft: MessageAddress;
  error: string | undefined;
  /** The open or first record, on which the expression can be tried. */
  record: RecordPlace | null;
  onChange: (change: Partial<MessageAddress>) => void;
  onRun: (change?: Partial<MessageAddress>) => void;
  /** Stops what is read; `false` when nothing is. */
  onStop: () => boolean;
}) {
  const editor = useRef<ExpressionHandle>(null);
  const [isTouched, setTouched] = useState(false);
  const [isBuilding, setBuilding] = useState(false);
  const [trial, setTrial] = useState<{ where: string; result: FilterTrial } | null>(null);
  const [trialProblem, setTrialProblem] = useState<{ where: string; problem: Problem } | null>(null);
  const [isTrying, setTrying] = useState(false);
  const { check } = useFilterCheck(clusterId, topic, draft);
  const { fields, hasFailed } = useFilterFields(clusterId, topic, draft, isTouched || isBuilding);
  const suggestions = useMemo(() => suggestionsOf(fields?.fields ?? []), [fields]);
  const where = draft.where.trim();
  const problem: ExpressionProblem | null = check?.problem ?? null;
  const sentence = error ?? problem?.message;
  const conditions = conditionsOf(draft);

  const tryOnRecord = async () => {
    if (!record) return;
    setTrying(true);
    try {
      const { trial: result } = await tryFilter(clusterId, topic, draft, record);
      setTrial(result ? { where, result } : null);
      setTrialProblem(null);
    } catch (thrown) {
      setTrial(null);
      setTrialProblem({ where, problem: thrown instanceof ProblemError ? thrown.problem : noAnswer });
    } finally {
      setTrying(false);
    }
  };
  const onWhere = (text: string) => onChange({ where: text });
  const add = <ConditionsRow address={draft} onChange={(next) => onRun(next)} />;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the fields inside take the keys, this only hears that one is used
    <div onFocus={() => setTouched(true)}>
      {conditions.length > 0 ? (
        <div className="flex flex-wrap items-center gap-1.5 border-b border-line py-1.5 pr-2 pl-2.5">
          <span className="w-11 text-xs text-ink-3" title="Decided on the bytes as they are stored">
            Only
          </span>
          {add}
        </div>
      ) : null}
      <div className="flex flex-wrap items-start gap-x-2.5 gap-y-1.5 py-1.5 pr-2 pl-2.5">
        <label htmlFor="where" className="w-11 text-xs leading-7 text-ink-3">
          Where
        </label>
        <div className="min-w-[220px] flex-1 py-1">
          <ExpressionEditor
            ref={editor}
            id="where"
            label="Where, an expression in CEL"
            value={draft.where}
            placeholder={'value.status == "FAILED"'}
            onText={onWhere}
            onRun={() => onRun()}
            onEscape={onStop}
            suggestions={suggestions}
            problem={problem}
            describedBy={sentence ? 'where-problem' : 'where-note'}
            isSearchTarget
          />
        </div>
        <div className="ml-auto flex flex-wrap items-center gap-2">
          <span id="where-note" className="text-xs text-ink-3 max-desk:hidden">
            CEL.{' '}
            {fields && fields.fields.length > 0
              ? `${formatCountOf(fields.fields.length, 'field', 'fields')} suggested`
              : hasFailed
                ? 'Fields are not known'
                : ''}
          </span>
          {conditions.length > 0 ? null : add}
          <FilterHelp fields={fields} onOpen={() => setTouched(true)} onExample={onWhere} />
          <Button size="sm" aria-expanded={isBuilding} onClick={() => setBuilding(!isBuilding)}>
            Build
          </Button>
          {where && record ? (
            <Button size="sm" isPending={isTrying} onClick={() => void tryOnRecord()}>
              Try on one record
            </Button>
          ) : null}
          <Button type="submit" variant="primary" shortcut="⌘↵">
            Search
          </Button>
        </div>
      </div>
      {sentence ? (
        <div
          id="where-problem"
          role="alert"
          className="flex items-baseline gap-1.5 pr-2 pb-1.5 pl-[64px] text-xs text-critical"
        >
          <Mark name="critical" /> {sentence}
        </div>
      ) : check && check.pushedDown.length > 0 ? (
        <p className="pr-2 pb-1.5 pl-[64px] text-xs text-ink-3">{check.pushedDown.join(' ')}</p>
      ) : null}
      {isBuilding ? (
        <FilterBuilder
          where={draft.where}
          fields={fields?.fields ?? []}
          onWhere={onWhere}
          onClose={() => setBuilding(false)}
        />
      ) : null}
      {trialProblem && trialProblem.where === where ? (
        <ProblemLine problem={trialProblem.problem} title="Not tried." />
      ) : null}
      {trial && trial.where === where ? (
        <TrialPanel trial={trial.result} onClose={() => setTrial(null)} />
      ) : null}
    </div>
  );
}
