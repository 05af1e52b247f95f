'use client';

import { useId, useState } from 'react';
import { Input, Select } from '#components/ui/input.tsx';
import { Mark } from '#components/ui/mark.tsx';
import { serdeOptionOf, serdeOptions } from '#lib/model/serde-choice.ts';

const nameOf = (text: string) => text.split(':')[0] ?? '';
const restOf = (text: string) => text.slice(nameOf(text).length + 1);

/**
 * The choice of a serde for one side, as its text. One that needs more, such as the id of a schema, counts once that was given too.
 */
export function SerdeField({
  label,
  value,
  unset,
  onPick,
}: {
  label: string;
  value: string;
  /** What no choice means here. */
  unset: string;
  onPick: (text: string) => void;
}) {
  const id = useId();
  const [name, setName] = useState(nameOf(value));
  const [rest, setRest] = useState(restOf(value));
  const [error, setError] = useState<string | null>(null);
  const chosen = serdeOptions.find((option) => option.name === name);
  const offered = serdeOptions.map((option) => ({ value: option.name, label: option.label }));
  const isKnown = name === '' || chosen !== undefined;
  const give = (text: string) => {
    if (text === '' || serdeOptionOf(text)) {
      setError(null);
      onPick(text);
    } else setError('The id of a schema, such as 12, or 12:shop.Order.');
  };
  return (
    <div className="fld">
      <label htmlFor={id}>{label}</label>
      <Select
        id={id}
        value={name}
        onChange={(event) => {
          const next = event.target.value;
          setName(next);
          setRest('');
          setError(null);
          if (!serdeOptions.find((option) => option.name === next)?.option) give(next);
        }}
        options={[
          { value: '', label: unset },
          ...(isKnown ? [] : [{ value: name, label: name }]),
          ...offered,
        ]}
        boxClassName="flex w-full"
      />
      {chosen?.option ? (
        <Input
          isMono
          aria-label={`${label}: ${chosen.option.label}`}
          placeholder={chosen.option.label}
          value={rest}
          onChange={(event) => setRest(event.target.value)}
          onBlur={() => give(`${name}:${rest.trim()}`)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            give(`${name}:${rest.trim()}`);
          }}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${id}-error` : undefined}
          boxClassName="mt-1 flex w-full"
        />
      ) : null}
      {chosen?.help ? <div className="hp">{chosen.help}</div> : null}
      {error ? (
        <div className="er" id={`${id}-error`} role="alert">
          <Mark name="critical" /> <span>{error}</span>
        </div>
      ) : null}
    </div>
  );
}
