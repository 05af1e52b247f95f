'use client';

import { Check } from 'lucide-react';
import type { FormEvent } from 'react';
import { useId, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Input } from '#components/ui/input.tsx';
import { Popover } from '#components/ui/popover.tsx';
import { formatBytes, formatCount } from '#lib/format.ts';
import { maxSearchBudgetMb, searchBudgetMb } from '#lib/model/message-limits.ts';
import { Cell, CellButton } from './query-cell.tsx';

const presets = [64, searchBudgetMb, 4_096, 32_768, maxSearchBudgetMb];

const words = (megabytes: number): string => {
  const { value, unit } = formatBytes(megabytes * 1_000_000, 3);
  return `${value} ${unit}`;
};

/** How much a search may read from the brokers before it stops and asks. */
export function BudgetCell({
  value,
  error,
  onPick,
}: {
  value: string;
  error: string | undefined;
  onPick: (value: string) => void;
}) {
  const [isOpen, setOpen] = useState(false);
  const [text, setText] = useState(value);
  const fieldId = useId();
  const megabytes = value === '' ? searchBudgetMb : Number(value);
  const shown = Number.isFinite(megabytes) ? words(megabytes) : value;
  const pick = (next: string) => {
    setOpen(false);
    onPick(next);
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    pick(text.replaceAll(/[\s,]/g, ''));
  };
  return (
    <Cell label="Budget" error={error}>
      {(id) => (
        <Popover
          label="How much may be read"
          isOpen={isOpen}
          onOpen={(next) => {
            setText(value);
            setOpen(next);
          }}
          trigger={
            <CellButton
              id={id}
              name={`Budget: ${shown}`}
              words={shown}
              aria-invalid={error ? true : undefined}
              aria-describedby={error ? `${id}-error` : undefined}
            />
          }
        >
          <p className="part text-xs text-ink-2">
            Bytes that come from the brokers. A search that has spent them stops, says how far it came, and
            can be continued.
          </p>
          {presets.map((preset) => (
            <button
              key={preset}
              type="button"
              className="it"
              aria-pressed={megabytes === preset}
              onClick={() => pick(String(preset))}
            >
              {words(preset)}
              {megabytes === preset ? <Check className="ic text-water" aria-hidden="true" /> : null}
            </button>
          ))}
          <div className="sep" />
          <form className="part" onSubmit={onSubmit} noValidate>
            <label htmlFor={fieldId} className="mb-1 block text-xs text-ink-2">
              Another, up to {formatCount(maxSearchBudgetMb)} MB
            </label>
            <div className="flex gap-2">
              <Input
                id={fieldId}
                inputMode="numeric"
                suffix="MB"
                value={text}
                onChange={(event) => setText(event.target.value)}
                boxClassName="flex-1"
              />
              <Button type="submit">Set</Button>
            </div>
          </form>
        </Popover>
      )}
    </Cell>
  );
}
