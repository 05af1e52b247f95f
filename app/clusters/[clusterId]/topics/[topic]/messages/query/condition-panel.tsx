'use client';

import type { FormEvent } from 'react';
import { useId, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Input, Select } from '#components/ui/input.tsx';
import { Mark } from '#components/ui/mark.tsx';
import type { MessageAddress } from '../message-address.ts';
import {
  type Condition,
  type ConditionFields,
  type ConditionKind,
  conditionKinds,
  emptyFields,
  type HeaderTest,
  withCondition,
} from './conditions.ts';

const helps: Record<ConditionKind, string> = {
  contains:
    'Its UTF-8 bytes occur in the key, the value or the value of a header. Upper and lower case differ.',
  excludes: 'Its UTF-8 bytes occur neither in the key nor in the value nor in the value of a header.',
  key: 'The whole key, as text. Bytes are written as hex:00ff or base64:AP8=.',
  keyPrefix: 'As text. Bytes are written as hex:00ff or base64:AP8=.',
  header: 'Of several headers with the same name, one is enough.',
  tombstones: 'Records whose value is null: on a compacted topic they delete their key.',
  size: 'Key, value and headers together, uncompressed.',
};

/** One condition in its fields; `changed` is the one that is edited. */
export function ConditionPanel({
  address,
  changed,
  onDone,
}: {
  address: MessageAddress;
  changed: Condition | null;
  onDone: (address: MessageAddress) => void;
}) {
  const id = useId();
  const [kind, setKind] = useState<ConditionKind>(changed?.kind ?? 'contains');
  const [fields, setFields] = useState<ConditionFields>(changed?.fields ?? emptyFields);
  const [error, setError] = useState<string | null>(null);
  const set = (change: Partial<ConditionFields>) => {
    setFields((before) => ({ ...before, ...change }));
    setError(null);
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const next = withCondition(address, kind, fields, changed?.kind === 'header' ? changed.line : null);
    if (typeof next === 'string') setError(next);
    else onDone(next);
  };
  const wrong = {
    'aria-invalid': error ? (true as const) : undefined,
    'aria-describedby': error ? `${id}-error` : `${id}-help`,
  };
  return (
    <form className="grid gap-2 px-2 py-1.5" onSubmit={onSubmit} noValidate>
      <Select
        aria-label="Condition"
        value={kind}
        disabled={changed !== null}
        onChange={(event) => {
          setKind(event.target.value as ConditionKind);
          setError(null);
        }}
        options={Object.entries(conditionKinds).map(([value, label]) => ({ value, label }))}
      />
      {kind === 'tombstones' ? (
        <Select
          {...wrong}
          aria-label="Tombstones"
          value={fields.tombstones}
          onChange={(event) => set({ tombstones: event.target.value === 'none' ? 'none' : 'only' })}
          options={[
            { value: 'only', label: 'Only tombstones' },
            { value: 'none', label: 'No tombstones' },
          ]}
        />
      ) : null}
      {kind === 'size' ? (
        <div className="flex items-center gap-2">
          <Input
            {...wrong}
            aria-label="Least size"
            placeholder="Least"
            inputMode="numeric"
            suffix="B"
            value={fields.minSize}
            onChange={(event) => set({ minSize: event.target.value })}
          />
          <span className="text-xs text-ink-3">to</span>
          <Input
            {...wrong}
            aria-label="Largest size"
            placeholder="Largest"
            inputMode="numeric"
            suffix="B"
            value={fields.maxSize}
            onChange={(event) => set({ maxSize: event.target.value })}
          />
        </div>
      ) : null}
      {kind === 'header' ? (
        <div className="flex gap-2">
          <Input
            {...wrong}
            aria-label="Name of the header"
            placeholder="Name"
            isMono
            value={fields.header}
            onChange={(event) => set({ header: event.target.value })}
            boxClassName="min-w-0 flex-1"
          />
          <Select
            aria-label="Test of the header"
            value={fields.test}
            onChange={(event) => set({ test: event.target.value as HeaderTest })}
            options={[
              { value: 'is', label: 'is' },
              { value: 'has', label: 'contains' },
              { value: 'there', label: 'is there' },
            ]}
          />
        </div>
      ) : null}
      {kind !== 'tombstones' && kind !== 'size' && !(kind === 'header' && fields.test === 'there') ? (
        <Input
          {...wrong}
          aria-label={kind === 'header' ? 'Value of the header' : conditionKinds[kind]}
          placeholder={kind === 'header' ? 'Value' : undefined}
          isMono
          value={fields.text}
          onChange={(event) => set({ text: event.target.value })}
        />
      ) : null}
      {error ? (
        <div id={`${id}-error`} role="alert" className="flex items-baseline gap-1.5 text-xs text-critical">
          <Mark name="critical" /> {error}
        </div>
      ) : null}
      <p id={`${id}-help`} className="text-xs text-ink-3">
        {helps[kind]} Decided on the bytes as they are stored, so that a record which fails it is never
        decoded.
      </p>
      <div className="flex justify-end">
        <Button type="submit" variant="primary" size="sm">
          {changed ? 'Change condition' : 'Add condition'}
        </Button>
      </div>
    </form>
  );
}
