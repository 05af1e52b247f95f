'use client';

import { useId, useMemo } from 'react';
import { TextEditor } from '#components/code/text-editor.tsx';
import { Input, Select } from '#components/ui/input.tsx';
import { Mark } from '#components/ui/mark.tsx';
import { formatBytes } from '#lib/format.ts';
import type { PlannedField, ProduceSubjects } from '#lib/model/message-draft.ts';
import { jsonMark, schemaMarks } from './field-marks.ts';
import { SchemaChoice, type SchemaValues } from './schema-choice.tsx';

const mostSentences = 4;

const encodings = [
  { value: 'text', label: 'Text (UTF-8)' },
  { value: 'json', label: 'JSON, checked' },
  { value: 'schema', label: 'By schema' },
  { value: 'base64', label: 'Base64' },
  { value: 'hex', label: 'Hexadecimal' },
];
const others = {
  key: { value: 'empty', label: 'Empty, zero bytes' },
  value: { value: 'none', label: 'Null, a tombstone' },
};

/** The key or the value of a draft: how its text stands for bytes, the text, and what is wrong with it at its place. */
export function FieldEditor({
  clusterId,
  topic,
  side,
  text,
  encoding,
  schema,
  subjects,
  planned,
  isChecking,
  error,
  help,
  note,
  onText,
  onEncoding,
  onSchema,
  onLeave,
}: {
  clusterId: string;
  topic: string;
  side: 'key' | 'value';
  text: string;
  encoding: string;
  schema: SchemaValues;
  subjects: ProduceSubjects | undefined;
  /** What the server says of this very text by the schema. */
  planned: PlannedField | undefined;
  isChecking: boolean;
  error: string | undefined;
  help: string;
  /** Stands where the text would, when there is none to write. */
  note: string | null;
  onText: (text: string) => void;
  onEncoding: (encoding: string) => void;
  onSchema: (schema: SchemaValues) => void;
  onLeave: () => void;
}) {
  const id = useId();
  const label = side === 'key' ? 'Key' : 'Value';
  const isStructured = encoding === 'json' || encoding === 'schema';
  const marks = useMemo(() => {
    if (!isStructured) return [];
    const syntax = jsonMark(text);
    return syntax ? [syntax] : schemaMarks(side, planned, text.length);
  }, [isStructured, text, side, planned]);
  const sentences = [
    ...new Set([...marks.map(({ message }) => message), ...(marks.length === 0 && error ? [error] : [])]),
  ];
  const more = (planned?.wrong ?? 0) - mostSentences;
  return (
    <div className="fld">
      <div className="mb-1 flex items-center gap-2">
        <label htmlFor={id} className="lb mr-auto font-medium">
          {label} {side === 'key' ? <span className="opt">optional</span> : null}
        </label>
        <Select
          aria-label={`${label} is`}
          value={encoding}
          options={[...encodings, others[side]]}
          boxClassName="w-[180px]"
          onChange={(event) => onEncoding(event.target.value)}
        />
      </div>
      {encoding === 'schema' ? (
        <SchemaChoice
          clusterId={clusterId}
          topic={topic}
          side={side}
          subjects={subjects}
          values={schema}
          text={text}
          onValues={onSchema}
          onExample={onText}
        />
      ) : null}
      {note ? (
        <p className="rounded-sm bg-sunken px-2.5 py-2 text-ink-2">{note}</p>
      ) : side === 'key' && !isStructured ? (
        <Input
          id={id}
          value={text}
          isMono
          spellCheck={false}
          aria-invalid={sentences.length > 0 ? true : undefined}
          aria-describedby={`${id}-said`}
          onChange={(event) => onText(event.target.value)}
          onBlur={onLeave}
        />
      ) : (
        <TextEditor
          id={id}
          label={label}
          value={text}
          language={isStructured ? 'json' : 'text'}
          marks={marks}
          minLines={side === 'key' ? 3 : 9}
          maxLines={side === 'key' ? 10 : 22}
          isInvalid={sentences.length > 0}
          describedBy={`${id}-said`}
          onChange={onText}
          onBlur={onLeave}
        />
      )}
      <div id={`${id}-said`}>
        {sentences.slice(0, mostSentences).map((sentence) => (
          <div key={sentence} className="er" role="alert">
            <Mark name="critical" />
            <span>{sentence}</span>
          </div>
        ))}
        {more > 0 ? <div className="hp">And {more.toLocaleString('en-US')} more.</div> : null}
        {sentences.length === 0 && encoding === 'schema' && !note ? (
          <div className="hp">{checkWords(planned, isChecking)}</div>
        ) : help ? (
          <div className="hp">{help}</div>
        ) : null}
      </div>
    </div>
  );
}

function checkWords(planned: PlannedField | undefined, isChecking: boolean): string {
  if (isChecking) return 'Checking against the schema.';
  if (!planned?.schema) return '';
  const { value, unit } = formatBytes(planned.sizeBytes);
  return `Fits version ${planned.schema.version}. ${value} ${unit} with its prefix.`;
}
