'use client';

import { useState } from 'react';
import { FieldFrame } from '#components/forms/fields.tsx';
import { partitionRanges } from '#components/group/lag-words.ts';
import { Button } from '#components/ui/button.tsx';
import { Checkbox } from '#components/ui/choice.tsx';
import { Input } from '#components/ui/input.tsx';
import { Segmented } from '#components/ui/segmented.tsx';
import { formatCountOf } from '#lib/format.ts';
import type { GroupPartitionRow } from '#lib/model/group.ts';
import { lagStateFaces } from '#lib/model/lag.ts';
import type { ResetDraft } from './reset-draft.ts';

/** Which positions are moved: all, those in trouble, or topics and partitions one by one. */
export function ResetScope({
  draft,
  onChange,
  rows,
  troubled,
  error,
}: {
  draft: ResetDraft;
  onChange: (change: Partial<ResetDraft>) => void;
  rows: readonly GroupPartitionRow[];
  troubled: readonly GroupPartitionRow[];
  error?: string;
}) {
  const committed = rows.filter((row) => row.committedOffset !== null).length;
  const states = new Set(troubled.map((row) => lagStateFaces[row.lag.state].words.toLowerCase()));
  const trouble = states.size === 1 ? [...states][0] : 'in trouble';
  return (
    <fieldset className="fld">
      <legend className="lb mb-1 font-medium">Partitions</legend>
      <Segmented
        label="Partitions"
        value={draft.scope}
        onChange={(scope) => onChange({ scope })}
        segments={[
          ...(committed > 0
            ? [{ value: 'all' as const, label: committed === 1 ? 'The only one' : `All ${committed}` }]
            : []),
          ...(troubled.length > 0 && troubled.length < committed
            ? [{ value: 'trouble' as const, label: `The ${troubled.length} ${trouble}` }]
            : []),
          { value: 'chosen' as const, label: 'Choose' },
        ]}
      />
      {draft.scope === 'trouble' ? (
        <div className="hp mt-1">
          {[...Map.groupBy(troubled, ({ topic }) => topic)].map(([topic, own]) => (
            <div key={topic}>
              <span className="name">{topic}</span> {partitionRanges(own.map(({ partition }) => partition))}
            </div>
          ))}
          {formatCountOf(committed - troubled.length, 'keeps its place', 'keep their place')}
        </div>
      ) : null}
      {draft.scope === 'chosen' ? <Chosen draft={draft} onChange={onChange} rows={rows} /> : null}
      {error ? (
        <div className="er" role="alert">
          <span>{error}</span>
        </div>
      ) : null}
    </fieldset>
  );
}

function Chosen({
  draft,
  onChange,
  rows,
}: {
  draft: ResetDraft;
  onChange: (change: Partial<ResetDraft>) => void;
  rows: readonly GroupPartitionRow[];
}) {
  const [other, setOther] = useState('');
  const set = (topic: string, change: Partial<ResetDraft['topics'][number]>) =>
    onChange({ topics: draft.topics.map((each) => (each.topic === topic ? { ...each, ...change } : each)) });
  const add = () => {
    const topic = other.trim();
    if (topic === '' || draft.topics.some((each) => each.topic === topic)) return;
    onChange({ topics: [...draft.topics, { topic, isChosen: true, partitions: '' }] });
    setOther('');
  };
  return (
    <div className="mt-2 grid gap-1.5">
      {draft.topics.map(({ topic, isChosen, partitions }) => {
        const own = rows.filter((row) => row.topic === topic).length;
        return (
          <div key={topic} className="flex flex-wrap items-center justify-between gap-2">
            <Checkbox
              label={<span className="name wrap-anywhere">{topic}</span>}
              checked={isChosen}
              onChange={(event) => set(topic, { isChosen: event.target.checked })}
            />
            <Input
              boxClassName="w-[210px]"
              isMono
              aria-label={`Partitions of ${topic}`}
              placeholder={own > 0 ? `all ${own}` : 'all'}
              suffix="such as 0-3,7"
              value={partitions}
              disabled={!isChosen}
              onChange={(event) => set(topic, { partitions: event.target.value })}
            />
          </div>
        );
      })}
      <FieldFrame id="reset-other-topic" label="Another topic" isOptional>
        <span className="flex gap-2">
          <Input
            id="reset-other-topic"
            isMono
            spellCheck={false}
            boxClassName="grow"
            value={other}
            onChange={(event) => setOther(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              event.preventDefault();
              add();
            }}
          />
          <Button onClick={add} disabled={other.trim() === ''}>
            Add topic
          </Button>
        </span>
      </FieldFrame>
    </div>
  );
}
