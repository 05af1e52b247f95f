'use client';

import { Check } from 'lucide-react';
import type { FormEvent, ReactNode } from 'react';
import { useId, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Input, Select } from '#components/ui/input.tsx';
import { Mark } from '#components/ui/mark.tsx';
import { useZone } from '#components/values/clock.tsx';
import { useLiveQuery } from '#lib/client/use-live-query.ts';
import { formatZone } from '#lib/format.ts';
import type { GroupListing } from '#lib/model/group.ts';
import { parsePlace } from '#lib/model/message-range.ts';
import { apiPath } from '#lib/paths.ts';
import { fromLocalText, localText } from './local-time.ts';
import { openEnd, placeWords, type Side } from './place-words.ts';

const presets: Record<Side, readonly string[]> = {
  from: ['', '-5m', '-15m', '-1h', '-24h', '-7d'],
  to: ['', '-15m', '-1h', '-24h'],
};

const notes: Record<Side, string> = {
  from: 'the first record that retention has left',
  to: 'the end of the log when reading begins',
};

/** All ways to say where reading begins or ends. */
export function PlacePanel({
  side,
  value,
  clusterId,
  topic,
  onPick,
}: {
  side: Side;
  value: string;
  clusterId: string;
  topic: string;
  onPick: (value: string) => void;
}) {
  const zone = useZone();
  const place = parsePlace(value);
  const [text, setText] = useState(() =>
    localText(place?.kind === 'time' ? place.timestampMs : Date.now(), zone),
  );
  const [offset, setOffset] = useState(place?.kind === 'offset' ? place.offset : '');
  const moment = fromLocalText(text, zone);
  const verb = side === 'from' ? 'Begin' : 'End';
  return (
    <>
      {presets[side].map((preset) => (
        <button
          key={preset}
          type="button"
          className="it"
          aria-pressed={value === preset}
          onClick={() => onPick(preset)}
        >
          <span>
            {preset === '' ? openEnd[side] : placeWords(preset, side, zone)}
            {preset === '' ? <span className="two">{notes[side]}</span> : null}
          </span>
          {value === preset ? <Check className="ic text-water" aria-hidden="true" /> : null}
        </button>
      ))}
      <div className="sep" />
      <Part
        label={`${verb} at a moment, ${formatZone(moment ?? 0, zone)}`}
        onPick={onPick}
        place={() =>
          moment === null || moment < 0
            ? { problem: 'A day and a time from 1970 on.' }
            : { text: new Date(moment).toISOString() }
        }
      >
        {(field) => (
          <Input
            {...field}
            type="datetime-local"
            step="1"
            value={text}
            onChange={(event) => setText(event.target.value)}
            boxClassName="flex-1"
          />
        )}
      </Part>
      <Part
        label={
          side === 'from'
            ? `${verb} at an offset, in every partition`
            : `${verb} before an offset, in every partition`
        }
        onPick={onPick}
        place={() => {
          const text = `offset:${offset.replaceAll(/[\s,]/g, '')}`;
          return parsePlace(text) ? { text } : { problem: 'A whole number from 0.' };
        }}
      >
        {(field) => (
          <Input
            {...field}
            inputMode="numeric"
            isMono
            value={offset}
            onChange={(event) => setOffset(event.target.value)}
            boxClassName="flex-1"
          />
        )}
      </Part>
      <GroupPart
        label={`${verb} where a group stands`}
        chosen={place?.kind === 'group' ? place.groupId : ''}
        clusterId={clusterId}
        topic={topic}
        onPick={onPick}
      />
    </>
  );
}

type FieldProps = { id: string; 'aria-invalid': true | undefined; 'aria-describedby': string | undefined };

/** A field with a button that picks the place it says, or tells what is wrong with it. */
function Part({
  label,
  place,
  onPick,
  children,
}: {
  label: string;
  place: () => { text: string } | { problem: string };
  onPick: (text: string) => void;
  children: (field: FieldProps) => ReactNode;
}) {
  const id = useId();
  const [error, setError] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const said = place();
    setError('problem' in said ? said.problem : null);
    if ('text' in said) onPick(said.text);
  };
  return (
    <form className="part" onSubmit={submit} noValidate>
      <label htmlFor={id} className="mb-1 block text-xs text-ink-2">
        {label}
      </label>
      <div className="flex gap-2">
        {children({
          id,
          'aria-invalid': error ? true : undefined,
          'aria-describedby': error ? `${id}-error` : undefined,
        })}
        <Button type="submit">Set</Button>
      </div>
      {error ? (
        <div
          id={`${id}-error`}
          role="alert"
          className="mt-1 flex items-baseline gap-1.5 text-xs text-critical"
        >
          <Mark name="critical" /> {error}
        </div>
      ) : null}
    </form>
  );
}

/** The groups with an offset on this topic, asked for when the panel is open. */
function GroupPart({
  label,
  chosen,
  clusterId,
  topic,
  onPick,
}: {
  label: string;
  chosen: string;
  clusterId: string;
  topic: string;
  onPick: (value: string) => void;
}) {
  const [group, setGroup] = useState(chosen);
  const groups = useLiveQuery<GroupListing>({
    clusterId,
    url: apiPath('/clusters/[clusterId]/groups', { clusterId, topic, pageSize: 200 }),
    everyMs: false,
  });
  const names = groups.data?.rows.map((row) => row.groupId) ?? [];
  if (groups.problem) {
    return (
      <p className="part text-xs text-ink-3">
        {label}: the groups are not known. {groups.problem.what}
      </p>
    );
  }
  if (groups.data && names.length === 0 && chosen === '') {
    return <p className="part text-xs text-ink-3">{label}: no group has committed an offset here.</p>;
  }
  const all = chosen === '' || names.includes(chosen) ? names : [chosen, ...names];
  return (
    <Part
      label={label}
      onPick={onPick}
      place={() => (group === '' ? { problem: 'Choose a group.' } : { text: `group:${group}` })}
    >
      {(field) => (
        <Select
          {...field}
          value={group}
          onChange={(event) => setGroup(event.target.value)}
          options={[
            { value: '', label: groups.data ? 'Choose a group' : 'Asking for the groups' },
            ...all.map((name) => ({ value: name, label: name })),
          ]}
          boxClassName="flex-1"
        />
      )}
    </Part>
  );
}
