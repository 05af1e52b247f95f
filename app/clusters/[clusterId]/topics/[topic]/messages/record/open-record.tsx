'use client';

import { Download, Link2, Rows3, X } from 'lucide-react';
import { useState } from 'react';
import { HexView, Payload } from '#components/code/payload.tsx';
import { ProblemNotice } from '#components/feedback/problem-notice.tsx';
import {
  base64OfField,
  bytesOfField,
  isExactText,
  isShownInDigits,
} from '#components/message/field-bytes.ts';
import type { Marks } from '#components/message/preview-pieces.ts';
import { recordJson } from '#components/message/record-json.ts';
import { useKeys } from '#components/shell/use-keys.ts';
import { Button, IconButton } from '#components/ui/button.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { Segmented } from '#components/ui/segmented.tsx';
import { Bone } from '#components/ui/skeleton.tsx';
import { showToast } from '#components/ui/toasts.tsx';
import { formatBytes, formatCount } from '#lib/format.ts';
import type { MessageDetail, MessageField } from '#lib/model/message.ts';
import { downloadUrl, messageUrl, neighbours, type Place, permalink } from '../message-address.ts';
import type { ListFrame } from '../results/result-list.tsx';
import { useMessage } from '../use-messages.ts';
import { RecordFacts } from './record-facts.tsx';
import { RecordHeaders } from './record-headers.tsx';

const size = (bytes: number): string => {
  const { value, unit } = formatBytes(bytes);
  return `${value} ${unit}`;
};

type Part = 'value' | 'key' | 'headers';
type Face = 'json' | 'text' | 'hex';

/** One record, opened: what it says at the left, what it is at the right. */
export function OpenRecord({
  frame,
  place,
  marks,
  initial,
}: {
  frame: ListFrame;
  place: Place;
  marks: Marks;
  initial?: MessageDetail | undefined;
}) {
  const { clusterId, topic, setPlace, setAddress } = frame;
  const onClose = () => setPlace(null);
  const { data, problem, readAgain } = useMessage(messageUrl(clusterId, topic, place), initial);
  const [part, setPart] = useState<Part>('value');
  const link = () => new URL(permalink(clusterId, topic, place), window.location.origin).href;
  const copy = (title: string, text: string) =>
    void navigator.clipboard?.writeText(text).then(() => showToast({ title }));
  useKeys([
    {
      keys: 'y',
      label: 'Copy the value of the open record',
      section: 'In messages',
      run: () => {
        if (!data?.value) return false;
        copy('Value copied.', isExactText(data.value) ? data.value.text : base64OfField(data.value));
        return true;
      },
    },
    {
      keys: 'l',
      label: 'Copy the link to the open record',
      section: 'In messages',
      run: () => {
        copy('Link copied.', link());
        return true;
      },
    },
  ]);
  if (problem) {
    return (
      <ProblemNotice
        problem={problem}
        onRetry={readAgain}
        actions={<Button onClick={onClose}>Close</Button>}
      />
    );
  }
  if (!data) {
    return (
      <div className="py-3" aria-busy="true">
        <Bone width="60%" />
      </div>
    );
  }
  const field = part === 'key' ? data.key : data.value;
  const target = part === 'headers' ? 'value' : part;
  const hasField = (target === 'key' ? data.key : data.value) !== null;
  return (
    <section
      className="py-2.5 whitespace-normal"
      aria-label={`Record at partition ${place.partition}, offset ${place.offset}`}
    >
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <Segmented<Part>
          label="Part of the record"
          value={part}
          onChange={setPart}
          segments={[
            { value: 'value', label: 'Value' },
            { value: 'key', label: 'Key' },
            { value: 'headers', label: 'Headers', count: formatCount(data.headerCount) },
          ]}
        />
        <span className="ml-auto flex flex-wrap items-center gap-2">
          <CopyButton text={recordJson(topic, data)} label="Copy the record as JSON">
            Copy record
          </CopyButton>
          <Button size="sm" onClick={() => copy('Link copied.', link())}>
            <Link2 className="ic" aria-hidden="true" /> Copy link
          </Button>
          <Button size="sm" onClick={() => setAddress(neighbours(place))}>
            <Rows3 className="ic" aria-hidden="true" /> Neighbours
          </Button>
          {hasField ? (
            // A file, not a page: the router has nothing to do with it.
            <a className="btn sm" href={downloadUrl(clusterId, topic, place, target)} download>
              <Download className="ic" aria-hidden="true" /> Download {target}
            </a>
          ) : null}
          <IconButton label="Close the record" size="sm" variant="bare" onClick={onClose}>
            <X className="ic" aria-hidden="true" />
          </IconButton>
        </span>
      </div>
      <div className="grid gap-x-5 gap-y-3 desk:grid-cols-[minmax(0,1fr)_minmax(300px,36%)]">
        <div className="min-w-0 [&_.code]:max-h-[560px]">
          {part === 'headers' ? (
            <RecordHeaders clusterId={clusterId} topic={topic} place={place} message={data} />
          ) : (
            <FieldView
              key={part}
              field={field}
              name={part}
              download={downloadUrl(clusterId, topic, place, target)}
            />
          )}
        </div>
        <RecordFacts message={data} />
      </div>
    </section>
  );
}

/** A key or a value: laid out, as stored, or byte by byte, and why it is read this way. */
function FieldView({
  field,
  name,
  download,
}: {
  field: MessageField | null;
  name: 'key' | 'value';
  download: string;
}) {
  const first: Face =
    field === null || isShownInDigits(field) ? 'hex' : field.format === 'json' ? 'json' : 'text';
  const [face, setFace] = useState<Face>(first);
  if (field === null) {
    return (
      <p className="rounded-sm bg-sunken px-2.5 py-2 text-ink-2">
        {name === 'key'
          ? 'No key: the record was not written for one, and compaction does not apply to it.'
          : 'The value is null. On a compacted topic this is a tombstone: older records of the key are removed, and this one too after a while.'}
      </p>
    );
  }
  if (field.sizeBytes === 0) {
    return (
      <p className="rounded-sm bg-sunken px-2.5 py-2 text-ink-2">Empty: it is there, with zero bytes.</p>
    );
  }
  const faces: { value: Face; label: string }[] = [
    ...(field.format === 'json' ? [{ value: 'json' as const, label: 'JSON' }] : []),
    ...(isShownInDigits(field)
      ? []
      : [{ value: 'text' as const, label: field.format === 'json' ? 'As stored' : 'Text' }]),
    { value: 'hex', label: 'Bytes' },
  ];
  return (
    <>
      {field.shownBytes < field.sizeBytes ? (
        <Notice
          tone="warning"
          isSlim
          className="mb-1.5"
          end={<a href={download} download>{`Download all of it`}</a>}
        >
          Cut: the first {size(field.shownBytes)} of {size(field.sizeBytes)} are shown.
        </Notice>
      ) : null}
      {face === 'hex' ? (
        <HexView bytes={bytesOfField(field)} label={name} />
      ) : (
        <Payload text={field.text} base64={field.base64} face={face} label={name} />
      )}
      <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-2">
        {faces.length > 1 ? (
          <Segmented<Face>
            label={`How the ${name} is shown`}
            segments={faces}
            value={face}
            onChange={setFace}
          />
        ) : null}
        {isExactText(field) ? null : (
          <CopyButton text={base64OfField(field)} label={`Copy the ${name} as base64`}>
            Copy base64
          </CopyButton>
        )}
        {field.base64 === null ? null : (
          <p className="text-xs text-ink-3">
            What cannot be seen, or would turn the line around, is written out here; its bytes are kept.
          </p>
        )}
      </div>
    </>
  );
}
