'use client';

import { useState } from 'react';
import { FieldFrame } from '#components/forms/fields.tsx';
import { Button } from '#components/ui/button.tsx';
import { Input, Select } from '#components/ui/input.tsx';
import type { ConfigChanges, ConfigEntry } from '#lib/model/config.ts';
import { ConfigValue, plainText, sourceWords } from './config-columns.tsx';
import { humanValue, unitOf } from './human-value.ts';

type Change = ConfigChanges[number];

const choices: Record<string, readonly string[]> = {
  'cleanup.policy': ['delete', 'compact', 'compact,delete'],
  'compression.type': ['producer', 'uncompressed', 'gzip', 'snappy', 'lz4', 'zstd'],
  'message.timestamp.type': ['CreateTime', 'LogAppendTime'],
};

const wholeNumber = new Set(['int', 'long', 'short']);

/** What is wrong with a value before Kafka is asked; null when nothing is. */
function problemOf(entry: ConfigEntry, value: string): string | null {
  if (wholeNumber.has(entry.type) && !/^-?\d{1,19}$/.test(value)) return 'This key takes a whole number.';
  if (entry.type === 'double' && !/^-?\d+([.]\d+)?$/.test(value)) return 'This key takes a number.';
  return null;
}

/** One key below its row: what it means, and its value to be. Nothing is sent from here. */
export function ConfigEditor({
  entry,
  change,
  ownSource,
  whyNot,
  onChange,
  onClose,
}: {
  entry: ConfigEntry;
  change: Change | null;
  ownSource: ConfigEntry['source'];
  /** Why it cannot be changed; null when it can. */
  whyNot: string | null;
  /** Null takes the change away again. */
  onChange: (change: Change | null) => void;
  onClose: () => void;
}) {
  const [value, setValue] = useState(change?.op === 'set' ? change.value : (entry.value ?? ''));
  const [isLeft, setLeft] = useState(false);
  const id = `config-${entry.name}`;
  const trimmed = value.trim();
  const error = problemOf(entry, trimmed);
  const human = humanValue(entry.name, trimmed);
  const unit = unitOf(entry.name);
  const options =
    entry.type === 'boolean'
      ? ['true', 'false']
      : choices[entry.name]?.includes(trimmed)
        ? choices[entry.name]
        : null;
  const take = () => {
    setLeft(true);
    if (error !== null) return;
    const isSame = entry.source === ownSource && trimmed === entry.value;
    onChange(isSame ? null : { op: 'set', name: entry.name, value: trimmed });
  };
  return (
    <div className="grid gap-3 whitespace-normal py-2">
      <p className="prose text-ink-2">
        {plainText(entry.documentation) || 'Kafka tells nothing about this key.'}
      </p>
      <p className="text-xs text-ink-3">
        {sourceWords[entry.source]}. Type {entry.type}. Default{' '}
        <ConfigValue name={entry.name} value={entry.defaultValue} />
      </p>
      {whyNot === null ? (
        <form
          className="flex flex-wrap items-end gap-2"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            take();
          }}
        >
          <div className="w-[340px] max-w-full">
            <FieldFrame
              id={id}
              label={`New value of ${entry.name}`}
              help={human ?? undefined}
              error={isLeft && error ? error : undefined}
            >
              {options ? (
                <Select
                  id={id}
                  value={trimmed}
                  onChange={(event) => setValue(event.target.value)}
                  options={options.map((each) => ({ value: each, label: each }))}
                />
              ) : (
                <Input
                  id={id}
                  isMono
                  autoFocus
                  value={value}
                  suffix={unit ?? undefined}
                  onChange={(event) => setValue(event.target.value)}
                  onBlur={() => setLeft(true)}
                  aria-invalid={isLeft && error ? true : undefined}
                />
              )}
            </FieldFrame>
          </div>
          <Button type="submit" variant="primary">
            Keep change
          </Button>
          {entry.source === ownSource ? (
            <Button onClick={() => onChange({ op: 'reset', name: entry.name })}>Reset to default</Button>
          ) : null}
          {change ? <Button onClick={() => onChange(null)}>Forget change</Button> : null}
          <Button variant="bare" onClick={onClose}>
            Close
          </Button>
        </form>
      ) : (
        <p className="text-xs text-ink-3">{whyNot}</p>
      )}
    </div>
  );
}
