'use client';

import type { FormEvent, ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { useKeys } from '#components/shell/use-keys.ts';
import { Button } from '#components/ui/button.tsx';
import { formatCount } from '#lib/format.ts';
import { MessageOffset, momentOf } from '#lib/model/message-place.ts';
import { parsePartitions } from '#lib/model/partition-set.ts';
import type { MessageAddress } from './message-address.ts';
import { PartitionsCell } from './partitions-cell.tsx';
import { hoursAgo, OffsetCell, TimeCell } from './place-cells.tsx';
import { Cell, Choice } from './query-cell.tsx';

const orders = [
  { value: 'newest', label: 'Newest first' },
  { value: 'start', label: 'Oldest first' },
  { value: 'offset', label: 'From an offset' },
  { value: 'time', label: 'From a time' },
];

/**
 * The one bar that says what is read: where from and in which order, which partitions, which records of transactions. Choices act at
 * once; what is typed acts on Enter or with the button.
 */
export function QueryBar({
  address,
  partitionCount,
  isBusy,
  onRead,
  end,
}: {
  address: MessageAddress;
  partitionCount: number;
  isBusy: boolean;
  /** Reads; an address as it already is means to read it again. */
  onRead: (address: MessageAddress) => void;
  end?: ReactNode;
}) {
  const [seek, setSeek] = useState(address.seek);
  const [at, setAt] = useState(address.at);
  const [partitions, setPartitions] = useState(address.partitions);
  const [errors, setErrors] = useState<{ at?: string; partitions?: string }>({});
  useEffect(() => {
    setSeek(address.seek);
    setAt(address.at);
    setPartitions(address.partitions);
    setErrors({});
  }, [address.seek, address.at, address.partitions]);

  const read = (change: Partial<MessageAddress> = {}): boolean => {
    const next = { ...address, seek, at, partitions: partitions.trim(), page: '', ...change };
    if (next.seek !== 'offset' && next.seek !== 'time') next.at = '';
    const found = problemsOf(next, partitionCount);
    setErrors(found);
    if (found.at || found.partitions) return false;
    onRead(next);
    return true;
  };
  const onSeek = (next: string) => {
    setSeek(next);
    setErrors({});
    if (next === 'offset') setAt('');
    else if (next === 'time') {
      const from = hoursAgo(1);
      setAt(from);
      read({ seek: next, at: from });
    } else read({ seek: next, at: '' });
  };
  useKeys([{ keys: 'mod+Enter', label: 'Read messages', section: 'In messages', run: () => read() }]);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    read();
  };
  return (
    <form
      className="flex flex-wrap items-stretch rounded-sm border border-line-strong bg-surface"
      onSubmit={onSubmit}
      aria-label="What is read"
    >
      <Cell label="Order">
        {(id) => <Choice id={id} value={seek} onChange={onSeek} options={orders} isSearchTarget />}
      </Cell>
      {seek === 'offset' ? (
        <OffsetCell at={at} error={errors.at} onAt={setAt} hasFocus={address.seek !== 'offset'} />
      ) : null}
      {seek === 'time' ? (
        <TimeCell at={at} error={errors.at} onAt={setAt} onPick={(next) => read({ at: next })} />
      ) : null}
      <PartitionsCell
        value={partitions}
        count={partitionCount}
        error={errors.partitions}
        onValue={setPartitions}
        onPick={(next) => {
          setPartitions(next);
          read({ partitions: next });
        }}
      />
      <Cell label="Isolation">
        {(id) => (
          <Choice
            id={id}
            value={address.isolation === 'read_uncommitted' ? 'read_uncommitted' : 'read_committed'}
            onChange={(isolation) => read({ isolation })}
            options={[
              { value: 'read_committed', label: 'Committed' },
              { value: 'read_uncommitted', label: 'Uncommitted too' },
            ]}
          />
        )}
      </Cell>
      <div className="ml-auto flex items-center gap-2 px-2 py-1.5">
        {end}
        <Button type="submit" variant="primary" isPending={isBusy} shortcut="⌘↵">
          Read
        </Button>
      </div>
    </form>
  );
}

function problemsOf(next: MessageAddress, count: number): { at?: string; partitions?: string } {
  const found: { at?: string; partitions?: string } = {};
  if (next.seek === 'offset' && !MessageOffset.safeParse(next.at).success)
    found.at = next.at === '' ? 'Which offset?' : 'A whole number from 0.';
  if (next.seek === 'time' && momentOf(next.at) === null) found.at = 'A moment from 1970 on.';
  if (next.partitions !== '') {
    const chosen = parsePartitions(next.partitions);
    const beyond = chosen?.find((partition) => partition >= count);
    if (!chosen) found.partitions = 'Such as 0-3, 7.';
    else if (beyond !== undefined) found.partitions = `There are 0 to ${formatCount(count - 1)}.`;
  }
  return found;
}
