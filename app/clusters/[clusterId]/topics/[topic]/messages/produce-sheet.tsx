'use client';

import type { FormEvent } from 'react';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { ProblemLine } from '#components/feedback/problem-notice.tsx';
import { errorsOf, strayErrors } from '#components/forms/field-state.ts';
import { TextField } from '#components/forms/fields.tsx';
import { noAnswer, useActionForm } from '#components/forms/use-action-form.ts';
import { Button } from '#components/ui/button.tsx';
import { Sheet } from '#components/ui/dialog.tsx';
import type { EnvironmentName } from '#components/ui/environment.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { useLiveQuery } from '#lib/client/use-live-query.ts';
import { formatCount } from '#lib/format.ts';
import type { MessageDetail } from '#lib/model/message.ts';
import { type ProducedMessage, ProduceMessageInput, type ProduceSubjects } from '#lib/model/message-draft.ts';
import type { MessageTemplate } from '#lib/model/message-template.ts';
import { apiPath } from '#lib/paths.ts';
import { produceMessageAction } from './actions.ts';
import { type HeaderRow, HeaderRows, newHeader } from './header-rows.tsx';
import { copyOfRecord } from './produce/copy-of-record.ts';
import {
  type DraftValues,
  emptyDraft,
  inputOf,
  templateOf,
  valuesOfTemplate,
} from './produce/draft-values.ts';
import { keyHelp, noteOf, sizeWords } from './produce/draft-words.ts';
import { FieldEditor } from './produce/field-editor.tsx';
import { TemplateMenu } from './produce/template-menu.tsx';
import { useDraftCheck } from './produce/use-draft-check.ts';
import { WrittenNotice } from './produce/written-notice.tsx';

export type ProduceSheetProps = {
  clusterId: string;
  clusterName: string;
  environment: EnvironmentName;
  topic: string;
  partitionCount: number;
  onClose: () => void;
  onProduced: () => void;
  onOpen: (place: { partition: number; offset: string }) => void;
};

/** Writes one record. What was typed stays after each, so that a second one needs a small change only. */
export function ProduceSheet({
  from = null,
  onMany,
  ...props
}: ProduceSheetProps & {
  /** The record that a copy of is wanted. */
  from?: MessageDetail | null;
  onMany?: () => void;
}) {
  const { clusterId, topic, partitionCount, onClose, onProduced } = props;
  const formId = useId();
  const copy = useMemo(() => (from ? copyOfRecord(from) : null), [from]);
  const [headers, setHeaders] = useState<HeaderRow[]>(copy?.headers ?? []);
  const [done, setDone] = useState<ProducedMessage | null>(null);
  const template = useRef<{ of: MessageTemplate; counter: number } | null>(null);
  const place = { clusterId, topic };
  const toInput = (values: DraftValues) => inputOf(place, values, headers);
  const form = useActionForm({
    initial: copy?.values ?? emptyDraft,
    toInput,
    schema: ProduceMessageInput,
    action: produceMessageAction,
    onDone: (written) => {
      setDone(written);
      onProduced();
    },
  });
  const { values } = form;
  const input = toInput(values);
  const check = useDraftCheck(input);
  const subjects = useLiveQuery<ProduceSubjects>({
    clusterId,
    url: apiPath('/clusters/[clusterId]/topics/[topic]/produce/subjects', place),
    everyMs: false,
  }).data;
  const setAll = (next: Partial<DraftValues>) => {
    for (const [name, value] of Object.entries(next)) form.setValue(name as keyof DraftValues, value);
  };
  // A topic with a schema is written by it, unless something else was begun or chosen.
  const isUntouched = useRef(copy === null);
  useEffect(() => {
    if (!subjects || !isUntouched.current) return;
    isUntouched.current = false;
    if (subjects.value) {
      form.setValue('valueEncoding', 'schema');
      form.setValue('valueSubject', subjects.value);
    }
    if (subjects.key) {
      form.setValue('keyEncoding', 'schema');
      form.setValue('keySubject', subjects.key);
    }
  }, [subjects, form.setValue]);
  const change = (next: Partial<DraftValues>) => {
    isUntouched.current = false;
    setAll(next);
  };
  const takeTemplate = (of: MessageTemplate) => {
    template.current = { of, counter: 1 };
    const filled = valuesOfTemplate(of.draft, 1);
    change(filled.values);
    setHeaders(filled.headers);
    setDone(null);
  };
  const another = () => {
    setDone(null);
    if (!template.current) return;
    template.current.counter += 1;
    const filled = valuesOfTemplate(template.current.of.draft, template.current.counter);
    setAll(filled.values);
    setHeaders(filled.headers);
  };
  const headerErrors = errorsOf(ProduceMessageInput, input);
  const headerPaths = Object.keys(form.errors).filter((path) => path.startsWith('headers'));
  const stray = strayErrors(form.errors, [...form.fieldNames, ...headerPaths]);
  const send = (event: FormEvent) => {
    setDone(null);
    form.onSubmit(event);
  };
  // No answer, from the broker or from the server: the record may be there, so it must not be sent again unseen.
  const isUnknown = form.problem?.code === 'outcome.unknown' || form.problem?.code === noAnswer.code;
  const editor = (side: 'key' | 'value') => {
    const encoding = values[`${side}Encoding`];
    return (
      <FieldEditor
        clusterId={clusterId}
        topic={topic}
        side={side}
        text={values[side]}
        encoding={encoding}
        schema={{
          subject: values[`${side}Subject`],
          version: values[`${side}Version`],
          message: values[`${side}Message`],
        }}
        subjects={subjects}
        planned={encoding === 'schema' ? check.plan?.[side] : undefined}
        isChecking={check.isChecking}
        error={form.errors[side] ?? form.errors[`${side}Schema`]}
        help={side === 'key' ? keyHelp(encoding, values.key, partitionCount) : ''}
        note={noteOf(side, encoding, input.keyEncoding ?? 'none')}
        onText={(text) => change({ [side]: text })}
        onEncoding={(next) => {
          const own = subjects?.[side] ?? '';
          // A value that is copied is there twice: as JSON to be encoded anew, and as the bytes it has.
          if (side === 'value' && copy?.valueBytes) {
            if (next === 'base64' && values.value === copy.values.value) change({ value: copy.valueBytes });
            if (next === 'schema' && values.value === copy.valueBytes) change({ value: copy.values.value });
          }
          const subject = values[`${side}Subject`] || own;
          change({
            [`${side}Encoding`]: next,
            ...(next === 'schema' ? { [`${side}Subject`]: subject } : {}),
          });
        }}
        onSchema={({ subject, version, message }) =>
          change({
            [`${side}Subject`]: subject,
            [`${side}Version`]: version,
            [`${side}Message`]: message,
          })
        }
        onLeave={form.field(side).onBlur}
      />
    );
  };
  return (
    <Sheet
      isOpen
      kind="plan"
      onClose={onClose}
      environment={props.environment}
      title={from ? 'Produce a copy' : 'Produce a record'}
      description={
        <>
          To <span className="name">{topic}</span> on <b>{props.clusterName}</b>. Consumers get it at once,
          and it cannot be taken back.
        </>
      }
      footer={
        <>
          <span className="mr-auto text-xs text-ink-3">{sizeWords(values, input, headers)}</span>
          <Button onClick={onClose}>{done ? 'Close' : 'Write nothing'}</Button>
          <Button type="submit" form={formId} variant="primary" isPending={form.isPending}>
            Produce 1 record
          </Button>
        </>
      }
    >
      <div className="mb-3 flex flex-wrap items-center justify-end gap-2">
        {onMany ? (
          <Button size="sm" onClick={onMany}>
            Many from a file
          </Button>
        ) : null}
        <TemplateMenu {...place} draft={templateOf(values, headers)} onUse={takeTemplate} />
      </div>
      {copy && from ? (
        <Notice
          tone={copy.notes.some((note) => note.includes('left empty')) ? 'warning' : 'plain'}
          className="mb-4"
          title={`A copy of partition ${from.partition}, offset ${formatCount(from.offset)}.`}
        >
          {copy.notes.length > 0 ? copy.notes.join(' ') : 'Key, value and headers have the same bytes.'}
        </Notice>
      ) : null}
      {done ? (
        <WrittenNotice
          done={done}
          onOpen={(at) => {
            props.onOpen(at);
            onClose();
          }}
          onAnother={another}
        />
      ) : null}
      {/* Its buttons stand in the foot: a sentence that appears above must not move them away under the pointer. */}
      <form id={formId} className="form" noValidate onSubmit={send}>
        {form.problem ? (
          <ProblemLine
            problem={form.problem}
            title={isUnknown ? 'Outcome unknown: the record may have been written.' : 'Not produced.'}
          />
        ) : null}
        {isUnknown ? (
          <Button
            onClick={() => {
              onProduced();
              onClose();
            }}
          >
            Look at the records
          </Button>
        ) : null}
        {stray.length > 0 ? (
          <Notice tone="critical" isAnnounced>
            {stray.join(' ')}
          </Notice>
        ) : null}
        {check.problem ? (
          <ProblemLine problem={check.problem} title="Not checked against the schema." />
        ) : null}
        {editor('key')}
        {editor('value')}
        <HeaderRows
          rows={headers}
          onRows={setHeaders}
          errors={headerErrors}
          areShown={headerPaths.length > 0}
          onAdd={() => setHeaders((before) => [...before, newHeader()])}
        />
        <div className="grid gap-x-4 gap-y-4 tablet:grid-cols-2">
          <TextField
            field={form.field('partition')}
            label="Partition"
            isOptional
            inputMode="numeric"
            placeholder={input.keyEncoding === 'none' ? 'Chosen by Kafka' : 'Chosen by the key'}
            help={`0 to ${formatCount(partitionCount - 1)}.`}
          />
          <TextField
            field={form.field('timestamp')}
            label="Timestamp"
            isOptional
            isMono
            placeholder="Now"
            help="2026-11-21T03:12:40.250Z, or epoch ms."
          />
        </div>
      </form>
    </Sheet>
  );
}
