'use client';

import type { FormEvent, ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { ExpressionEditor } from '#components/code/expression-editor.tsx';
import { useKeys } from '#components/shell/use-keys.ts';
import { Button } from '#components/ui/button.tsx';
import type { Problem } from '#lib/model/problem.ts';
import type { MessageAddress } from '../message-address.ts';
import { BudgetCell } from './budget-cell.tsx';
import { ConditionsRow } from './conditions-row.tsx';
import { rootSuggestions } from './filter-suggestions.ts';
import { PartitionsCell } from './partitions-cell.tsx';
import { PlaceCell } from './place-cell.tsx';
import type { Side } from './place-words.ts';
import { Cell, CellError, Choice } from './query-cell.tsx';
import { problemsOf, type QueryProblems } from './query-problems.ts';

/**
 * The one bar that says what is read: in which order, between which ends, which partitions and records, how decoded, and at what
 * cost. Choices act at once; what is typed acts on Enter or with the button.
 */
export function QueryBar({
  clusterId,
  topic,
  address,
  partitionCount,
  isBusy,
  problem,
  onRead,
  end,
}: {
  clusterId: string;
  topic: string;
  address: MessageAddress;
  partitionCount: number;
  isBusy: boolean;
  /** What the server said of this address: its sentences stand at their fields. */
  problem: Problem | null;
  /** Reads; an address as it already is means to read it again. */
  onRead: (address: MessageAddress) => void;
  end?: ReactNode;
}) {
  const [draft, setDraft] = useState(address);
  const [found, setFound] = useState<QueryProblems>({});
  useEffect(() => {
    setDraft(address);
    setFound({});
  }, [address]);
  const errors: QueryProblems = { ...problem?.fields, ...found };

  const read = (change: Partial<MessageAddress> = {}): boolean => {
    const next = { ...draft, ...change, page: '' };
    next.partitions = next.partitions.trim();
    next.where = next.where.trim();
    setDraft(next);
    const wrong = problemsOf(next, partitionCount);
    setFound(wrong);
    if (Object.keys(wrong).length > 0) return false;
    onRead(next);
    return true;
  };
  const onPlace = (side: Side) => (value: string) => {
    const other = side === 'from' ? draft.to : draft.from;
    // Who names where reading begins wants to see what stands there, not what came long after it.
    const isExact = value !== '' && !value.startsWith('-') && other === '';
    read({ [side]: value, ...(isExact ? { order: side === 'from' ? 'oldest' : '' } : {}) });
  };
  useKeys([{ keys: 'mod+Enter', label: 'Search', section: 'In messages', run: () => read() }]);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    read();
  };
  return (
    <form
      className="rounded-sm border border-line-strong bg-surface"
      onSubmit={onSubmit}
      aria-label="What is read"
    >
      <div className="flex flex-wrap items-stretch border-b border-line">
        <Cell label="Order" error={errors.order}>
          {(id) => (
            <Choice
              id={id}
              value={draft.order === 'oldest' ? 'oldest' : 'newest'}
              onChange={(order) => read({ order })}
              options={[
                { value: 'newest', label: 'Newest first' },
                { value: 'oldest', label: 'Oldest first' },
              ]}
            />
          )}
        </Cell>
        {(['from', 'to'] as const).map((side) => (
          <PlaceCell
            key={side}
            side={side}
            value={draft[side]}
            error={errors[side]}
            clusterId={clusterId}
            topic={topic}
            onPick={onPlace(side)}
          />
        ))}
        <PartitionsCell
          value={draft.partitions}
          count={partitionCount}
          error={errors.partitions}
          onValue={(partitions) => setDraft({ ...draft, partitions })}
          onPick={(partitions) => read({ partitions })}
        />
        <Cell label="Isolation" error={errors.isolation}>
          {(id) => (
            <Choice
              id={id}
              value={draft.isolation === 'read_uncommitted' ? 'read_uncommitted' : 'read_committed'}
              onChange={(isolation) => read({ isolation })}
              options={[
                { value: 'read_committed', label: 'Committed' },
                { value: 'read_uncommitted', label: 'Uncommitted too' },
              ]}
            />
          )}
        </Cell>
        <BudgetCell value={draft.budget} error={errors.budget} onPick={(budget) => read({ budget })} />
        <div className="ml-auto flex items-center gap-2 px-2 py-1.5">{end}</div>
      </div>
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1.5 py-1.5 pr-2 pl-2.5">
        <label htmlFor="where" className="w-11 text-xs text-ink-3">
          Where
        </label>
        <ExpressionEditor
          id="where"
          label="Where"
          value={draft.where}
          placeholder="value.status == &quot;FAILED&quot;"
          onText={(where) => setDraft({ ...draft, where })}
          onRun={() => read()}
          onEscape={() => false}
          suggestions={rootSuggestions}
          problem={null}
          describedBy={errors.where ? 'where-error' : undefined}
          isSearchTarget
        />
        <ConditionsRow address={draft} onChange={(next) => read(next)} />
        <Button type="submit" variant="primary" isPending={isBusy} shortcut="⌘↵">
          Search
        </Button>
        <CellError id="where-error" error={errors.where} />
      </div>
    </form>
  );
}
