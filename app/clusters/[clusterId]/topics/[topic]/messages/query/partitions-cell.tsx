'use client';

import { ChevronDown } from 'lucide-react';
import { Menu, MenuCheck, MenuItem, MenuSeparator } from '#components/ui/menu.tsx';
import { formatCount } from '#lib/format.ts';
import { formatPartitions, parsePartitions } from '#lib/model/partition-set.ts';
import { Cell } from './query-cell.tsx';

/** As many as can be ticked one by one; of more, ranges are typed. */
const tickable = 64;

/** Which partitions are read: typed as numbers and ranges, or ticked. */
export function PartitionsCell({
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
            className="field-sizing-content max-w-[160px] min-w-[48px] bg-transparent leading-[18px] outline-none"
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
