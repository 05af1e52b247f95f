'use client';

import { Download, History, Link2, Rows3, Send, X } from 'lucide-react';
import { useState } from 'react';
import { ProblemNotice } from '#components/feedback/problem-notice.tsx';
import { isMasked } from '#components/message/field-bytes.ts';
import type { Marks } from '#components/message/preview-pieces.ts';
import { useKeys } from '#components/shell/use-keys.ts';
import { Button, IconButton } from '#components/ui/button.tsx';
import { Segmented } from '#components/ui/segmented.tsx';
import { Bone } from '#components/ui/skeleton.tsx';
import { formatCount } from '#lib/format.ts';
import type { MessageDetail } from '#lib/model/message.ts';
import { downloadUrl, messageUrl, type Place, permalink } from '../message-address.ts';
import type { ListFrame } from '../results/result-list.tsx';
import { useMessage } from '../use-messages.ts';
import { CopyMenu, copiedText, copyText } from './copy-menu.tsx';
import { FieldView } from './field-view.tsx';
import { KeyHistory } from './key-history.tsx';
import { keyParameter } from './key-parameter.ts';
import { RecordFacts } from './record-facts.tsx';
import { RecordHeaders } from './record-headers.tsx';

type Part = 'value' | 'key' | 'headers';

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
  const { clusterId, topic, setPlace } = frame;
  const onClose = () => setPlace(null);
  const { data, problem, readAgain } = useMessage(messageUrl(clusterId, topic, place), initial);
  const [part, setPart] = useState<Part>('value');
  const copyLink = () =>
    copyText('Link copied.', new URL(permalink(clusterId, topic, place), window.location.origin).href);
  useKeys([
    {
      keys: 'y',
      label: 'Copy the value of the open record',
      section: 'In messages',
      run: () => {
        if (!data?.value) return false;
        copyText('Value copied.', copiedText(data.value));
        return true;
      },
    },
    {
      keys: 'l',
      label: 'Copy the link to the open record',
      section: 'In messages',
      run: () => {
        copyLink();
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
        <RecordActs frame={frame} place={place} record={data} part={part} onLink={copyLink} />
      </div>
      <div className="grid gap-x-5 gap-y-3 desk:grid-cols-[minmax(0,1fr)_minmax(300px,36%)]">
        <div className="min-w-0 [&_.code]:max-h-[560px]">
          {part === 'headers' ? (
            <RecordHeaders clusterId={clusterId} topic={topic} place={place} message={data} />
          ) : (
            <FieldView
              key={part}
              field={part === 'key' ? data.key : data.value}
              name={part}
              marked={marks.paths}
              download={downloadUrl(clusterId, topic, place, part)}
            />
          )}
        </div>
        <RecordFacts clusterId={clusterId} topic={topic} place={place} message={data} />
      </div>
    </section>
  );
}

/** What can be done with the open record. */
function RecordActs({
  frame,
  place,
  record,
  part,
  onLink,
}: {
  frame: ListFrame;
  place: Place;
  record: MessageDetail;
  part: Part;
  onLink: () => void;
}) {
  const { clusterId, topic, readAround, setPlace, onCopy } = frame;
  const [isHistory, setHistory] = useState(false);
  const target = part === 'headers' ? 'value' : part;
  const field = target === 'key' ? record.key : record.value;
  const parameter = keyParameter(record.key);
  return (
    <span className="ml-auto flex flex-wrap items-center gap-2">
      <CopyMenu clusterId={clusterId} topic={topic} place={place} record={record} />
      <Button size="sm" onClick={onLink}>
        <Link2 className="ic" aria-hidden="true" /> Copy link
      </Button>
      <Button size="sm" onClick={() => readAround(place)}>
        <Rows3 className="ic" aria-hidden="true" /> Neighbours
      </Button>
      {parameter === null ? null : (
        <Button size="sm" onClick={() => setHistory(true)}>
          <History className="ic" aria-hidden="true" /> Versions of this key
        </Button>
      )}
      {onCopy ? (
        <Button size="sm" className="max-tablet:hidden" onClick={() => onCopy(record)}>
          <Send className="ic" aria-hidden="true" /> Produce a copy
        </Button>
      ) : null}
      {field === null || isMasked(field) ? null : (
        // A file, not a page: the router has nothing to do with it.
        <a className="btn sm" href={downloadUrl(clusterId, topic, place, target)} download>
          <Download className="ic" aria-hidden="true" /> Download {target}
        </a>
      )}
      <IconButton label="Close the record" size="sm" variant="bare" onClick={() => setPlace(null)}>
        <X className="ic" aria-hidden="true" />
      </IconButton>
      {isHistory && parameter !== null ? (
        <KeyHistory
          clusterId={clusterId}
          topic={topic}
          keyText={record.key?.text ?? ''}
          parameter={parameter}
          onClose={() => setHistory(false)}
        />
      ) : null}
    </span>
  );
}
