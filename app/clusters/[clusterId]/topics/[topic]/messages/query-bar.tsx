'use client';

import { ChevronDown } from 'lucide-react';
import type { FormEvent, ReactNode } from 'react';
import { useEffect, useId, useRef, useState } from 'react';
import { useKeys } from '#components/shell/use-keys.ts';
import { Button } from '#components/ui/button.tsx';
import { Mark } from '#components/ui/mark.tsx';
import { Menu, MenuCheck, MenuItem, MenuSeparator } from '#components/ui/menu.tsx';
import { useZone } from '#components/values/clock.tsx';
import { formatCount, formatZone } from '#lib/format.ts';
import { MessageOffset, momentOf } from '#lib/model/message-request.ts';
import { formatPartitions, parsePartitions } from '#lib/model/partition-set.ts';
import { fromLocalText, localText } from './local-time.ts';
import type { MessageAddress } from './message-address.ts';

const orders = [
  { value: 'newest', label: 'Newest first' },
  { value: 'start', label: 'Oldest first' },
  { value: 'offset', label: 'From an offset' },
  { value: 'time', label: 'From a time' },
];

const HOUR = 3_600_000;

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
      const from = new Date(Math.floor((Date.now() - HOUR) / 1000) * 1000).toISOString();
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

function Cell({
  label,
  error,
  children,
}: {
  label: ReactNode;
  error?: string | undefined;
  children: (id: string) => ReactNode;
}) {
  const id = useId();
  return (
    <div className="relative border-r border-line px-2.5 pt-1 pb-[5px] outline-focus focus-within:outline-2 max-tablet:flex-1">
      <label htmlFor={id} className="block text-2xs leading-[14px] whitespace-nowrap text-ink-3">
        {label}
      </label>
      {children(id)}
      {error ? (
        <div
          id={`${id}-error`}
          role="alert"
          className="flex items-baseline gap-1.5 text-2xs whitespace-nowrap text-critical"
        >
          <Mark name="critical" /> {error}
        </div>
      ) : null}
    </div>
  );
}

function Choice({
  id,
  value,
  options,
  onChange,
  isSearchTarget,
}: {
  id: string;
  value: string;
  options: readonly { value: string; label: string }[];
  onChange: (value: string) => void;
  isSearchTarget?: boolean;
}) {
  return (
    <span className="relative inline-flex items-center">
      <select
        id={id}
        className="appearance-none bg-surface pr-5 leading-[18px] outline-none"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        data-list-search={isSearchTarget ? '' : undefined}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown className="ic pointer-events-none absolute right-0 text-ink-3" aria-hidden="true" />
    </span>
  );
}

function OffsetCell({
  at,
  error,
  onAt,
  hasFocus,
}: {
  at: string;
  error: string | undefined;
  onAt: (at: string) => void;
  /** It was just chosen, and nothing can be read before it is filled. */
  hasFocus: boolean;
}) {
  const input = useRef<HTMLInputElement>(null);
  const [isNew] = useState(hasFocus);
  useEffect(() => {
    if (isNew) input.current?.focus();
  }, [isNew]);
  return (
    <Cell label="From offset" error={error}>
      {(id) => (
        <input
          ref={input}
          id={id}
          className="name w-[150px] bg-transparent leading-[18px] outline-none"
          value={at}
          onChange={(event) => onAt(event.target.value)}
          inputMode="numeric"
          placeholder="In every partition"
          autoComplete="off"
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${id}-error` : undefined}
        />
      )}
    </Cell>
  );
}

/** A moment in the zone of the page; the address holds it in UTC. */
function TimeCell({
  at,
  error,
  onAt,
  onPick,
}: {
  at: string;
  error: string | undefined;
  onAt: (at: string) => void;
  onPick: (at: string) => void;
}) {
  const zone = useZone();
  const ms = momentOf(at);
  const [text, setText] = useState('');
  useEffect(() => setText(ms === null ? '' : localText(ms, zone)), [ms, zone]);
  const ago = (hours: number) =>
    new Date(Math.floor((Date.now() - hours * HOUR) / 1000) * 1000).toISOString();
  return (
    <Cell label={`From, ${formatZone(ms ?? 0, zone)}`} error={error}>
      {(id) => (
        <span className="inline-flex items-center gap-1">
          <input
            id={id}
            type="datetime-local"
            step="1"
            className="bg-surface leading-[18px] outline-none"
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              const moment = fromLocalText(event.target.value, zone);
              onAt(moment === null ? '' : new Date(moment).toISOString());
            }}
            aria-invalid={error ? true : undefined}
            aria-describedby={error ? `${id}-error` : undefined}
          />
          <Menu
            align="end"
            trigger={
              <button
                type="button"
                className="inline-flex size-5 items-center justify-center"
                aria-label="Choose how long ago"
              >
                <ChevronDown className="ic text-ink-3" aria-hidden="true" />
              </button>
            }
          >
            {[
              [0.25, '15 minutes ago'],
              [1, 'An hour ago'],
              [6, '6 hours ago'],
              [24, 'A day ago'],
              [168, 'A week ago'],
            ].map(([hours, label]) => (
              <MenuItem key={label} onSelect={() => onPick(ago(Number(hours)))}>
                {label}
              </MenuItem>
            ))}
          </Menu>
        </span>
      )}
    </Cell>
  );
}

/** As many as can be ticked one by one; of more, ranges are typed. */
const tickable = 64;

function PartitionsCell({
  value,
  count,
  error,
  onValue,
  onPick,
}: {
  value: string;
  count: number;
  error: string | undefined;
  onValue: (value: string) => void;
  onPick: (value: string) => void;
}) {
  const chosen = value.trim() === '' ? null : parsePartitions(value);
  const label = chosen ? `Partitions, ${formatCount(chosen.length)} of ${formatCount(count)}` : 'Partitions';
  const toggle = (partition: number, isOn: boolean) => {
    const next = new Set(chosen ?? []);
    if (isOn) next.add(partition);
    else next.delete(partition);
    onPick(next.size === 0 || next.size === count ? '' : formatPartitions([...next]));
  };
  return (
    <Cell label={label} error={error}>
      {(id) => (
        <span className="inline-flex items-center gap-1">
          <input
            id={id}
            className="w-[84px] bg-transparent leading-[18px] outline-none"
            value={value}
            onChange={(event) => onValue(event.target.value)}
            placeholder={count === 1 ? 'The only one' : `All ${formatCount(count)}`}
            autoComplete="off"
            aria-invalid={error ? true : undefined}
            aria-describedby={error ? `${id}-error` : undefined}
          />
          {count > 1 && count <= tickable ? (
            <Menu
              align="end"
              trigger={
                <button
                  type="button"
                  className="inline-flex size-5 items-center justify-center"
                  aria-label="Choose partitions"
                >
                  <ChevronDown className="ic text-ink-3" aria-hidden="true" />
                </button>
              }
            >
              <MenuItem onSelect={() => onPick('')}>All {formatCount(count)}</MenuItem>
              <MenuSeparator />
              {Array.from({ length: count }, (_, partition) => (
                <MenuCheck
                  // biome-ignore lint/suspicious/noArrayIndexKey: the number is the partition
                  key={partition}
                  isChecked={chosen?.includes(partition) ?? false}
                  onChange={(isOn) => toggle(partition, isOn)}
                >
                  Partition {partition}
                </MenuCheck>
              ))}
            </Menu>
          ) : null}
        </span>
      )}
    </Cell>
  );
}
