'use client';

import { useId, useMemo, useState } from 'react';
import { TextEditor } from '#components/code/text-editor.tsx';
import { ProblemLine } from '#components/feedback/problem-notice.tsx';
import { Button } from '#components/ui/button.tsx';
import { Sheet } from '#components/ui/dialog.tsx';
import { Input, Select } from '#components/ui/input.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { Segmented } from '#components/ui/segmented.tsx';
import { useLiveQuery } from '#lib/client/use-live-query.ts';
import { formatBytes, formatCount, formatCountOf } from '#lib/format.ts';
import type { DraftEncoding, ProduceSubjects } from '#lib/model/message-draft.ts';
import { maxManyBytes, maxManyRecords } from '#lib/model/message-many.ts';
import type { ColumnRole } from '#lib/model/record-table.ts';
import { apiPath } from '#lib/paths.ts';
import type { ProduceSheetProps } from '../produce-sheet.tsx';
import { choiceOf, emptyDraft } from './draft-values.ts';
import { ManyColumns } from './many-columns.tsx';
import { EndOfMany, PlanOfMany, Underway, WrongLines } from './many-faces.tsx';
import { formatOf, type ManyFormat, readSource } from './many-source.ts';
import { SchemaChoice, type SchemaValues } from './schema-choice.tsx';
import { useManyRun } from './use-many-run.ts';

/** A text longer than this is not drawn: nobody edits it here. */
const mostDrawn = 200_000;
const encodings = [
  { value: 'text', label: 'Text (UTF-8)' },
  { value: 'json', label: 'JSON' },
  { value: 'schema', label: 'By schema' },
  { value: 'base64', label: 'Base64' },
  { value: 'hex', label: 'Hexadecimal' },
];
const noSchema: SchemaValues = { subject: '', version: '', message: '' };

/** Writes many records of a file or a pasted text: all are checked first, then shown as a plan, then written. */
export function ProduceManySheet({ onOne, ...props }: ProduceSheetProps & { onOne: () => void }) {
  const { clusterId, topic, environment, onClose, onProduced } = props;
  const id = useId();
  const [text, setText] = useState('');
  const [fileName, setFileName] = useState<string | null>(null);
  const [chosenFormat, setFormat] = useState<ManyFormat | null>(null);
  const [chosen, setChosen] = useState<{ key?: DraftEncoding; value?: DraftEncoding }>({});
  const [schemas, setSchemas] = useState({ key: noSchema, value: noSchema });
  const [roles, setRoles] = useState<ColumnRole[] | null>(null);
  const [typed, setTyped] = useState('');
  const { state, check, write, reset } = useManyRun();
  const subjects = useLiveQuery<ProduceSubjects>({
    clusterId,
    url: apiPath('/clusters/[clusterId]/topics/[topic]/produce/subjects', { clusterId, topic }),
    everyMs: false,
  }).data;
  // A topic with a schema is written by it, unless something else is chosen.
  const key: DraftEncoding = chosen.key ?? (subjects?.key ? 'schema' : 'text');
  const value: DraftEncoding = chosen.value ?? (subjects?.value ? 'schema' : 'json');
  const format = chosenFormat ?? formatOf(text, fileName);
  const source = useMemo(
    () => readSource(text, format, { key, value }, roles),
    [text, format, key, value, roles],
  );
  const { parsed, table, refusal } = source;
  const schemaOf = (side: 'key' | 'value'): SchemaValues =>
    schemas[side].subject === '' ? { ...noSchema, subject: subjects?.[side] ?? '' } : schemas[side];
  const choose = (side: 'key' | 'value') => {
    const { subject, version, message } = schemaOf(side);
    return choiceOf(
      {
        ...emptyDraft,
        [`${side}Subject`]: subject,
        [`${side}Version`]: version,
        [`${side}Message`]: message,
      },
      side,
    );
  };
  const changed = <A extends unknown[]>(act: (...given: A) => void) => {
    return (...given: A) => {
      reset();
      act(...given);
    };
  };
  const take = async (file: File | undefined) => {
    if (!file) return;
    reset();
    setFileName(file.name);
    setFormat(null);
    setRoles(null);
    setText(await file.text());
  };
  const isBusy = state.kind === 'checking' || state.kind === 'writing';
  const isEnded = state.kind === 'ended';
  const lacksSchema = (['key', 'value'] as const).some(
    (side) =>
      (side === 'key' ? key : value) === 'schema' && schemaOf(side).subject === '' && sideIsUsed(side),
  );
  function sideIsUsed(side: 'key' | 'value'): boolean {
    return parsed.records.some((record) => typeof record[side] === 'string');
  }
  const canCheck =
    parsed.records.length > 0 && parsed.wrong === 0 && !refusal && !isBusy && !isEnded && !lacksSchema;
  const plan = state.kind === 'planned' ? state.sum : null;
  const mustType = environment === 'production';
  const canWrite = plan !== null && plan.wrong === 0 && (!mustType || typed === topic);
  const count = formatCountOf(parsed.records.length, 'record', 'records');
  const editor = (side: 'key' | 'value') =>
    (side === 'key' ? key : value) === 'schema' ? (
      <SchemaChoice
        clusterId={clusterId}
        topic={topic}
        side={side}
        subjects={subjects}
        values={schemaOf(side)}
        text="-"
        onValues={changed((next: SchemaValues) => setSchemas((before) => ({ ...before, [side]: next })))}
        onExample={null}
      />
    ) : null;
  return (
    <Sheet
      isOpen
      kind="plan"
      onClose={onClose}
      environment={environment}
      title="Produce many records"
      description={
        <>
          To <span className="name">{topic}</span> on <b>{props.clusterName}</b>. All are checked before the
          first is written. What is written cannot be taken back.
        </>
      }
      footer={
        <>
          <Button className="mr-auto" onClick={onOne} disabled={isBusy}>
            One record
          </Button>
          <Button onClick={onClose} disabled={state.kind === 'writing'}>
            {isEnded ? 'Close' : 'Write nothing'}
          </Button>
          {plan && plan.wrong === 0 ? (
            <Button variant="primary" disabled={!canWrite} onClick={() => void write().then(onProduced)}>
              Write {formatCountOf(plan.records, 'record', 'records')}
            </Button>
          ) : isEnded ? null : (
            <Button
              variant="primary"
              disabled={!canCheck}
              isPending={isBusy}
              onClick={() =>
                void check(
                  {
                    clusterId,
                    topic,
                    keyEncoding: key,
                    valueEncoding: value,
                    keySchema: key === 'schema' ? choose('key') : null,
                    valueSchema: value === 'schema' ? choose('value') : null,
                  },
                  parsed.records,
                )
              }
            >
              {parsed.records.length > 0 ? `Check ${count}` : 'Check'}
            </Button>
          )}
        </>
      }
    >
      <div className="form">
        <div className="fld">
          <div className="mb-1 flex items-center gap-2">
            <label htmlFor={id} className="lb mr-auto font-medium">
              Records
            </label>
            <label className="btn sm">
              Choose a file
              <input
                type="file"
                className="vh"
                accept=".ndjson,.jsonl,.json,.csv,.tsv,.txt"
                disabled={isBusy}
                onChange={(event) => void take(event.target.files?.[0])}
              />
            </label>
          </div>
          {text.length > mostDrawn ? (
            <p className="rounded-sm bg-sunken px-2.5 py-2 text-ink-2">
              {fileName ?? 'The pasted text'}, {formatCount(text.length)} characters.
            </p>
          ) : (
            <TextEditor
              id={id}
              label="Records"
              value={text}
              language={format === 'csv' ? 'text' : 'json'}
              minLines={6}
              maxLines={14}
              isReadOnly={isBusy}
              isInvalid={parsed.wrong > 0}
              onChange={changed((next: string) => {
                setText(next);
                if (fileName !== null && next === '') setFileName(null);
              })}
            />
          )}
          <div className="hp">
            {text === ''
              ? `A line of JSON for each, or CSV with a first row of names. At most ${formatCount(maxManyRecords)} records and ${formatBytes(maxManyBytes).value} ${formatBytes(maxManyBytes).unit}.`
              : `${count}${parsed.wrong > 0 ? `, ${formatCountOf(parsed.wrong, 'line', 'lines')} wrong` : ''}.`}
          </div>
        </div>
        {refusal ? <Notice tone="critical" title={refusal} isAnnounced /> : null}
        <WrongLines errors={parsed.errors} wrong={parsed.wrong} />
        {text === '' ? null : (
          <>
            <Segmented<ManyFormat>
              label="Each line is"
              value={format}
              onChange={changed((next: ManyFormat) => setFormat(next))}
              segments={[
                { value: 'records', label: 'A record of key, value, headers' },
                { value: 'values', label: 'A value' },
                { value: 'csv', label: 'CSV' },
              ]}
            />
            {table ? <ManyColumns table={table} roles={source.roles} onRoles={changed(setRoles)} /> : null}
            <div className="grid gap-4 tablet:grid-cols-2">
              {(['key', 'value'] as const).map((side) => (
                <div key={side} className="fld">
                  <label htmlFor={`${id}-${side}`}>{side === 'key' ? 'Keys are' : 'Values are'}</label>
                  <Select
                    id={`${id}-${side}`}
                    value={side === 'key' ? key : value}
                    options={encodings}
                    onChange={changed((event: React.ChangeEvent<HTMLSelectElement>) =>
                      setChosen((before) => ({ ...before, [side]: event.target.value as DraftEncoding })),
                    )}
                  />
                </div>
              ))}
            </div>
            {editor('key')}
            {editor('value')}
          </>
        )}
        {state.kind === 'checking' ? (
          <Underway
            share={state.done / state.of}
            words={`Checking ${count}, part ${state.done + 1} of ${state.of}.`}
          />
        ) : null}
        {state.kind === 'failed' ? <ProblemLine problem={state.problem} title="Not checked." /> : null}
        {plan ? (
          <>
            <WrongLines errors={plan.errors} wrong={plan.wrong} />
            {plan.wrong === 0 ? <PlanOfMany sum={plan} ignored={parsed.ignored} /> : null}
            {plan.wrong === 0 && mustType ? (
              <div className="fld">
                <label htmlFor={`${id}-typed`}>
                  Type <span className="name">{topic}</span> to write{' '}
                  {formatCountOf(plan.records, 'record', 'records')}
                </label>
                <Input
                  id={`${id}-typed`}
                  isMono
                  spellCheck={false}
                  value={typed}
                  onChange={(event) => setTyped(event.target.value)}
                />
              </div>
            ) : null}
          </>
        ) : null}
        {state.kind === 'writing' ? (
          <Underway
            share={state.acknowledged / state.total}
            words={`${formatCount(state.acknowledged)} of ${formatCountOf(state.total, 'record', 'records')} acknowledged. If this page is closed, what is acknowledged stays written.`}
          />
        ) : null}
        {state.kind === 'ended' ? <EndOfMany end={state.end} /> : null}
      </div>
    </Sheet>
  );
}
