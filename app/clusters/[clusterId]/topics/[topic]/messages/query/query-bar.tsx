'use client';

import type { FormEvent, ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';
import { useKeys } from '#components/shell/use-keys.ts';
import type { EnvironmentName } from '#components/ui/environment.tsx';
import type { Problem } from '#lib/model/problem.ts';
import type { MessageAddress } from '../message-address.ts';
import { BudgetCell } from './budget-cell.tsx';
import { DecodeCell } from './decode-cell.tsx';
import { PartitionsCell } from './partitions-cell.tsx';
import { PlaceCell } from './place-cell.tsx';
import type { Side } from './place-words.ts';
import { QueryActs } from './query-acts.tsx';
import { Cell, Choice } from './query-cell.tsx';
import { problemsOf, type QueryProblems } from './query-problems.ts';
import type { QueryRights } from './query-rights.ts';
import { type RecordPlace, WhereRow } from './where-row.tsx';

/**
 * The one bar that says what is read: in which order, between which ends, which partitions and records, how decoded, and at what
 * cost. Choices act at once; what is typed acts on Enter or with the button.
 */
export function QueryBar({
  clusterId,
  topic,
  environment,
  address,
  partitionCount,
  isBusy,
  problem,
  record = null,
  onRead,
  onStop = () => false,
  rights,
  isTailing = false,
  onTail,
  end,
}: {
  clusterId: string;
  topic: string;
  environment: EnvironmentName;
  address: MessageAddress;
  partitionCount: number;
  isBusy: boolean;
  /** What the server said of this address: its sentences stand at their fields. */
  problem: Problem | null;
  /** Reads; an address as it already is means to read it again. */
  onRead: (address: MessageAddress) => void;
  /** The open or first record, on which an expression can be tried. */
  record?: RecordPlace | null;
  /** Stops what is read; `false` when nothing is. */
  onStop?: () => boolean;
  rights: QueryRights;
  isTailing?: boolean;
  /** Begins or ends to follow what is written now; absent where that cannot be. */
  onTail?: ((isTailing: boolean) => void) | undefined;
  end?: ReactNode;
}) {
  const [draft, setDraft] = useState(address);
  // What was written last counts, also where the page has not been drawn since.
  const latest = useRef(address);
  const shown = useRef(address);
  const write = (change: Partial<MessageAddress>): MessageAddress => {
    latest.current = { ...latest.current, ...change };
    setDraft(latest.current);
    return latest.current;
  };
  const [found, setFound] = useState<QueryProblems>({});
  useEffect(() => {
    if (shown.current === address) return;
    shown.current = address;
    latest.current = address;
    setDraft(address);
    setFound({});
  }, [address]);
  const errors: QueryProblems = { ...problem?.fields, ...found };

  const read = (change: Partial<MessageAddress> = {}): boolean => {
    const next = { ...latest.current, ...change, page: '' };
    next.partitions = next.partitions.trim();
    next.where = next.where.trim();
    write(next);
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
    // Panels hang below the bar, and what is sent there comes by here too.
    if (event.target !== event.currentTarget) return;
    event.preventDefault();
    read();
  };
  return (
    <form
      className="rounded-sm border border-line-strong bg-surface"
      onSubmit={onSubmit}
      aria-label="What is read"
      aria-busy={isBusy}
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
          onValue={(partitions) => write({ partitions })}
          onPick={(partitions) => read({ partitions })}
        />
        <DecodeCell
          clusterId={clusterId}
          topic={topic}
          environment={environment}
          view={{ key: draft.keySerde, value: draft.valueSerde }}
          error={errors.valueSerde ?? errors.keySerde}
          refusal={rights.override}
          onPick={({ key, value }) => read({ keySerde: key, valueSerde: value })}
          onOverridden={() => onRead(address)}
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
        <div className="ml-auto flex flex-wrap items-center gap-2 px-2 py-1.5">
          <QueryActs
            clusterId={clusterId}
            topic={topic}
            address={address}
            rights={rights}
            isTailing={isTailing}
            onTail={onTail}
            onOpen={onRead}
          />
          {end}
        </div>
      </div>
      <WhereRow
        clusterId={clusterId}
        topic={topic}
        draft={draft}
        error={errors.where}
        record={record}
        onChange={write}
        onRun={read}
        onStop={onStop}
      />
    </form>
  );
}
