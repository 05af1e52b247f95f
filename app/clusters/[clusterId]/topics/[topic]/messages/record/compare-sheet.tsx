'use client';

import type { ReactNode } from 'react';
import { DiffView } from '#components/code/diff-view.tsx';
import { ProblemNotice } from '#components/feedback/problem-notice.tsx';
import { Sheet } from '#components/ui/dialog.tsx';
import { Bone } from '#components/ui/skeleton.tsx';
import { DateTime } from '#components/values/time.tsx';
import { formatCount } from '#lib/format.ts';
import type { MessageDetail } from '#lib/model/message.ts';
import { messageUrl, type Place } from '../message-address.ts';
import { useMessage } from '../use-messages.ts';
import { type FieldDiff, fieldDiff } from './field-diff.ts';

/** Two records beside each other: what differs in key, value, headers and facts. */
export function CompareSheet({
  clusterId,
  topic,
  places,
  onClose,
}: {
  clusterId: string;
  topic: string;
  places: [Place, Place];
  onClose: () => void;
}) {
  const first = useMessage(messageUrl(clusterId, topic, places[0]), undefined);
  const second = useMessage(messageUrl(clusterId, topic, places[1]), undefined);
  const problem = first.problem ?? second.problem;
  return (
    <Sheet
      isOpen
      onClose={onClose}
      kind="plan"
      title="Compare two records"
      description={`Partition ${words(places[0])} against partition ${words(places[1])}.`}
    >
      {problem ? (
        <ProblemNotice
          problem={problem}
          onRetry={() => {
            first.readAgain();
            second.readAgain();
          }}
        />
      ) : first.data && second.data ? (
        <Compared before={first.data} after={second.data} />
      ) : (
        <div aria-busy="true">
          <Bone width="60%" />
        </div>
      )}
    </Sheet>
  );
}

const words = ({ partition, offset }: Place): string => `${partition}, offset ${formatCount(offset)}`;

function Compared({ before, after }: { before: MessageDetail; after: MessageDetail }) {
  const headers = headerDiff(before, after);
  return (
    <div className="flex flex-col gap-3">
      <dl className="kv text-xs">
        <dt>Time</dt>
        <dd>
          <Moment record={before} /> <span className="text-ink-3">and</span> <Moment record={after} />
        </dd>
        <dt>Size</dt>
        <dd>
          {formatCount(before.sizeBytes)} B <span className="text-ink-3">and</span>{' '}
          {formatCount(after.sizeBytes)} B
        </dd>
      </dl>
      <Part title="Key" diff={fieldDiff('key', before.key, after.key)} />
      <Part title="Value" diff={fieldDiff('value', before.value, after.value)} />
      <Part title="Headers" diff={headers} />
    </div>
  );
}

const Moment = ({ record }: { record: MessageDetail }) =>
  record.timestamp === null ? record.timestampMs : <DateTime at={record.timestamp} precision="ms" />;

/** One part of two records: what differs, or that nothing does. */
export function Part({ title, diff }: { title: string; diff: FieldDiff }): ReactNode {
  if (diff.changes.length === 0)
    return (
      <p className="text-xs text-ink-3">
        {title}: {diff.unchanged === 0 ? 'none' : 'the same'}
      </p>
    );
  return <DiffView title={title} changes={diff.changes} unchanged={diff.unchanged} />;
}

/** Headers by name and by how often the name came before: a repeated one is compared with its counterpart. */
function headerDiff(before: MessageDetail, after: MessageDetail): FieldDiff {
  const numbered = (record: MessageDetail) => {
    const seen = new Map<string, number>();
    return new Map(
      record.headers.map((header) => {
        const count = (seen.get(header.name) ?? 0) + 1;
        seen.set(header.name, count);
        return [count === 1 ? header.name : `${header.name} (${count})`, header.value] as const;
      }),
    );
  };
  const [was, is] = [numbered(before), numbered(after)];
  const diff: FieldDiff = { changes: [], unchanged: 0 };
  for (const [name, value] of was) {
    const one = is.has(name) ? fieldDiff(name, value, is.get(name) ?? null) : null;
    if (one) {
      diff.changes.push(...one.changes.map((change) => ({ ...change, key: name })));
      diff.unchanged += one.changes.length === 0 ? 1 : 0;
    } else diff.changes.push({ key: name, before: value?.text ?? 'null', after: null });
  }
  for (const [name, value] of is)
    if (!was.has(name)) diff.changes.push({ key: name, before: null, after: value?.text ?? 'null' });
  return diff;
}
