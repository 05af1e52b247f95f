'use client';

import type { FormEvent } from 'react';
import { useId, useState } from 'react';
import { ProblemLine } from '#components/feedback/problem-notice.tsx';
import { errorsOf, strayErrors } from '#components/forms/field-state.ts';
import { SelectField, TextareaField, TextField } from '#components/forms/fields.tsx';
import { noAnswer, useActionForm } from '#components/forms/use-action-form.ts';
import { Button } from '#components/ui/button.tsx';
import { Sheet } from '#components/ui/dialog.tsx';
import type { EnvironmentName } from '#components/ui/environment.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { formatBytes, formatCount, formatCountOf } from '#lib/format.ts';
import {
  type DraftEncoding,
  draftBytes,
  type ProducedMessage,
  ProduceMessageInput,
} from '#lib/model/message-draft.ts';
import { produceMessageAction } from './actions.ts';
import { type HeaderRow, HeaderRows, newHeader } from './header-rows.tsx';

const encodings: { value: DraftEncoding; label: string }[] = [
  { value: 'text', label: 'Text (UTF-8)' },
  { value: 'json', label: 'JSON, checked' },
  { value: 'base64', label: 'Base64' },
  { value: 'hex', label: 'Hexadecimal' },
];

const initial = {
  key: '',
  keyEncoding: 'text',
  value: '',
  valueEncoding: 'json',
  partition: '',
  timestamp: '',
};

/** Writes one record. What was typed stays after each, so that a second one needs a small change only. */
export function ProduceSheet({
  clusterId,
  clusterName,
  environment,
  topic,
  partitionCount,
  onClose,
  onProduced,
  onOpen,
}: {
  clusterId: string;
  clusterName: string;
  environment: EnvironmentName;
  topic: string;
  partitionCount: number;
  onClose: () => void;
  onProduced: () => void;
  onOpen: (place: { partition: number; offset: string }) => void;
}) {
  const formId = useId();
  const [headers, setHeaders] = useState<HeaderRow[]>([]);
  const [done, setDone] = useState<ProducedMessage | null>(null);
  const toInput = (values: typeof initial): ProduceMessageInputRaw => ({
    clusterId,
    topic,
    ...values,
    // A key that was left empty is none; an empty one is chosen as such.
    keyEncoding: values.keyEncoding === 'empty' ? 'text' : keyEncodingOf(values),
    key: values.keyEncoding === 'empty' ? '' : values.key,
    valueEncoding: values.valueEncoding as DraftEncoding,
    headers: headers.map(({ name, value, encoding }) => ({ name, value, encoding })),
  });
  const form = useActionForm({
    initial,
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
  const headerErrors = errorsOf(ProduceMessageInput, input);
  const isTombstone = values.valueEncoding === 'none';
  const bytes = formatBytes(
    draftBytes(values.value, values.valueEncoding as DraftEncoding) +
      draftBytes(input.key ?? '', (input.keyEncoding ?? 'none') as DraftEncoding) +
      headers.reduce(
        (sum, each) => sum + draftBytes(each.value, each.encoding) + draftBytes(each.name, 'text'),
        0,
      ),
  );
  const headerPaths = Object.keys(form.errors).filter((path) => path.startsWith('headers'));
  const stray = strayErrors(form.errors, [...form.fieldNames, ...headerPaths]);
  const send = (event: FormEvent) => {
    setDone(null);
    form.onSubmit(event);
  };
  // No answer, from the broker or from the server: the record may be there, so it must not be sent again unseen.
  const isUnknown = form.problem?.code === 'outcome.unknown' || form.problem?.code === noAnswer.code;
  return (
    <Sheet
      isOpen
      kind="plan"
      onClose={onClose}
      environment={environment}
      title="Produce a record"
      description={
        <>
          To <span className="name">{topic}</span> on <b>{clusterName}</b>. Consumers get it at once, and it
          cannot be taken back.
        </>
      }
      footer={
        <>
          <span className="mr-auto text-xs text-ink-3">
            {bytes.value} {bytes.unit}
            {headers.length > 0 ? `, ${formatCountOf(headers.length, 'header', 'headers')}` : ''}
          </span>
          <Button onClick={onClose}>{done ? 'Close' : 'Write nothing'}</Button>
          <Button type="submit" form={formId} variant="primary" isPending={form.isPending}>
            Produce 1 record
          </Button>
        </>
      }
    >
      {done ? (
        <Notice
          tone="good"
          isAnnounced
          className="mb-4"
          title={
            done.offset === null
              ? `Written to partition ${done.partition}.`
              : `Written to partition ${done.partition}, offset ${formatCount(done.offset)}.`
          }
          end={
            done.offset === null ? undefined : (
              <Button
                size="sm"
                onClick={() => {
                  onOpen({ partition: done.partition, offset: done.offset ?? '0' });
                  onClose();
                }}
              >
                Open record
              </Button>
            )
          }
        >
          {done.offset === null ? 'The broker did not say at which offset.' : null}
        </Notice>
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
        <div className="grid gap-x-4 gap-y-2 tablet:grid-cols-[minmax(0,1fr)_168px]">
          <TextField
            field={form.field('key')}
            label="Key"
            isOptional
            isMono
            help={keyHelp(values.keyEncoding, values.key, partitionCount)}
            isDisabled={values.keyEncoding === 'empty'}
          />
          <SelectField
            field={form.field('keyEncoding')}
            label="Key is"
            options={[...encodings, { value: 'empty', label: 'Empty, zero bytes' }]}
          />
        </div>
        <div className="grid gap-x-4 gap-y-2 tablet:grid-cols-[minmax(0,1fr)_168px]">
          {isTombstone ? (
            <div className="fld">
              <span className="lb">Value</span>
              <p className="rounded-sm bg-sunken px-2.5 py-2 text-ink-2">
                Null, a tombstone. On a compacted topic it removes what was written for this key before.
                {input.keyEncoding === 'none' ? ' It needs a key for that.' : ''}
              </p>
            </div>
          ) : (
            <TextareaField field={form.field('value')} label="Value" isMono rows={9} />
          )}
          <SelectField
            field={form.field('valueEncoding')}
            label="Value is"
            options={[...encodings, { value: 'none', label: 'Null, a tombstone' }]}
          />
        </div>
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

type ProduceMessageInputRaw = Parameters<typeof produceMessageAction>[0];

const keyEncodingOf = (values: { key: string; keyEncoding: string }): DraftEncoding =>
  values.key === '' ? 'none' : (values.keyEncoding as DraftEncoding);

function keyHelp(encoding: string, key: string, partitionCount: number): string {
  if (encoding === 'empty') return 'A key of zero bytes, which is not the same as none.';
  if (key === '') return 'Left empty: no key.';
  return partitionCount > 1 ? 'The same key goes to the same partition, as with Kafka’s own client.' : '';
}
