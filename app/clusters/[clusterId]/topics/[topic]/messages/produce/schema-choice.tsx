'use client';

import { useEffect, useId, useRef, useState } from 'react';
import { ProblemLine } from '#components/feedback/problem-notice.tsx';
import { Button } from '#components/ui/button.tsx';
import { Input, Select } from '#components/ui/input.tsx';
import { Mark } from '#components/ui/mark.tsx';
import { getJson } from '#lib/client/get-json.ts';
import { useLiveQuery } from '#lib/client/use-live-query.ts';
import type { ProduceExample, ProduceSubjects } from '#lib/model/message-draft.ts';
import { apiPath } from '#lib/paths.ts';

export type SchemaValues = { subject: string; version: string; message: string };

const examplePath = '/clusters/[clusterId]/topics/[topic]/produce/example';
const typeWords = { AVRO: 'Avro', PROTOBUF: 'Protobuf', JSON: 'JSON Schema' } as const;

/** Subject, version and message type that a field is written by, and a record made of it. */
export function SchemaChoice({
  clusterId,
  topic,
  side,
  subjects,
  values,
  text,
  onValues,
  onExample,
}: {
  clusterId: string;
  topic: string;
  side: 'key' | 'value';
  subjects: ProduceSubjects | undefined;
  values: SchemaValues;
  /** What is typed now. */
  text: string;
  onValues: (values: SchemaValues) => void;
  /** Null: nothing is typed here, so no example is offered. */
  onExample: ((text: string) => void) | null;
}) {
  const id = useId();
  const { subject, version, message } = values;
  const isKnown = subjects?.subjects.includes(subject) ?? false;
  const asked = {
    clusterId,
    topic,
    subject,
    ...(version ? { version } : {}),
    ...(message ? { message } : {}),
  };
  const url = apiPath(examplePath, asked);
  const schema = useLiveQuery<ProduceExample>({ clusterId, url, everyMs: false, enabled: isKnown });
  const [isAsking, setAsking] = useState(false);
  const data = isKnown && schema.data?.subject === subject ? schema.data : undefined;
  // The first look at a schema shows what it wants; what was typed is never written over.
  const filled = useRef('');
  useEffect(() => {
    if (!data || filled.current === url) return;
    filled.current = url;
    if (text.trim() === '') onExample?.(data.example);
  }, [data, url, text, onExample]);
  const fill = async (example: 'plain' | 'edge') => {
    setAsking(true);
    const answer = await getJson<ProduceExample>(
      apiPath(examplePath, { ...asked, example }),
      new AbortController().signal,
    ).catch(() => null);
    setAsking(false);
    if (answer) onExample?.(answer.example);
  };
  return (
    <div className="mb-2 grid gap-2">
      <div className="flex flex-wrap items-end gap-2">
        <div className="fld min-w-[220px] flex-1">
          <label htmlFor={`${id}-subject`}>Subject of the {side}</label>
          <Input
            id={`${id}-subject`}
            list={`${id}-subjects`}
            value={subject}
            isMono
            spellCheck={false}
            placeholder={`${topic}-${side}`}
            aria-invalid={subject !== '' && subjects !== undefined && !isKnown ? true : undefined}
            onChange={(event) => onValues({ subject: event.target.value, version: '', message: '' })}
          />
          <datalist id={`${id}-subjects`}>
            {subjects?.subjects.map((name) => (
              <option key={name} value={name} />
            ))}
          </datalist>
        </div>
        <div className="fld w-[120px]">
          <label htmlFor={`${id}-version`}>Version</label>
          <Select
            id={`${id}-version`}
            value={version}
            disabled={!data}
            options={[
              { value: '', label: data && !version ? `Latest, ${data.version}` : 'Latest' },
              ...[...(data?.versions ?? (version ? [Number(version)] : []))]
                .reverse()
                .map((each) => ({ value: String(each), label: String(each) })),
            ]}
            onChange={(event) => onValues({ subject, version: event.target.value, message: '' })}
          />
        </div>
        {data && data.messages.length > 1 ? (
          <div className="fld min-w-[200px] flex-1">
            <label htmlFor={`${id}-message`}>Message type</label>
            <Select
              id={`${id}-message`}
              value={message || (data.message ?? '')}
              options={data.messages.map((name) => ({ value: name, label: name }))}
              onChange={(event) => onValues({ subject, version, message: event.target.value })}
            />
          </div>
        ) : null}
      </div>
      {subjects?.reason ? <p className="text-xs text-ink-2">{subjects.reason}</p> : null}
      {subject !== '' && subjects && !subjects.reason && !isKnown ? (
        <div className="er">
          <Mark name="critical" />
          <span>The registry has no subject of this name.</span>
        </div>
      ) : null}
      {isKnown && schema.problem ? (
        <ProblemLine problem={schema.problem} title="The schema cannot be used." />
      ) : null}
      {data ? (
        <div className="flex flex-wrap items-center gap-2 text-xs text-ink-3">
          <span className="mr-auto">
            {typeWords[data.type]}, schema id {data.id}
          </span>
          {onExample ? (
            <>
              <Button size="sm" isPending={isAsking} onClick={() => void fill('plain')}>
                Fill in an example
              </Button>
              <Button size="sm" isPending={isAsking} onClick={() => void fill('edge')}>
                Edge values
              </Button>
            </>
          ) : null}
        </div>
      ) : null}
    </div>
  );
}
