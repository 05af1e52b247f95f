'use client';

import { useState } from 'react';
import { recordJson } from '#components/message/record-json.ts';
import { Button } from '#components/ui/button.tsx';
import { showToast } from '#components/ui/toasts.tsx';
import { getJson, ProblemError } from '#lib/client/get-json.ts';
import { formatBytes, formatCountOf } from '#lib/format.ts';
import type { MessageDetail, MessageRow } from '#lib/model/message.ts';
import { messageUrl, type Place } from '../message-address.ts';
import { CompareSheet } from '../record/compare-sheet.tsx';
import { kcatOf } from '../record/copy-texts.ts';
import type { ListFrame } from './result-list.tsx';
import { rowKeyOf } from './row-key.ts';

/** Each record is read whole for this, and each reading is in the audit. */
const mostAsJson = 50;

/** What can be done with the records that are picked. */
export function SelectionActs({
  frame,
  topicId,
  rows,
  keys,
}: {
  frame: ListFrame;
  topicId: string;
  rows: readonly MessageRow[];
  keys: readonly string[];
}) {
  const { clusterId, topic } = frame;
  const [isReading, setReading] = useState(false);
  const [compared, setCompared] = useState<[Place, Place] | null>(null);
  const wanted = new Set(keys);
  const picked = rows.filter((row) => wanted.has(rowKeyOf(row)));
  const places = picked.map(({ partition, offset }): Place => ({ partition, offset, topicId }));
  const [first, second] = places;
  const { value, unit } = formatBytes(picked.reduce((sum, row) => sum + row.sizeBytes, 0));
  const partitions = new Set(picked.map((row) => row.partition)).size;
  const copy = (title: string, text: string) =>
    void navigator.clipboard?.writeText(text).then(() => showToast({ title }));
  const copyJson = async () => {
    setReading(true);
    try {
      const texts: string[] = [];
      for (const place of places)
        texts.push(recordJson(topic, await getJson<MessageDetail>(messageUrl(clusterId, topic, place))));
      copy(`${formatCountOf(texts.length, 'record', 'records')} copied as JSON.`, `[${texts.join(',\n')}]`);
    } catch (error) {
      const what = error instanceof ProblemError ? error.problem.what : 'A record could not be read.';
      showToast({ title: 'Not copied.', children: what });
    } finally {
      setReading(false);
    }
  };
  return (
    <>
      <span className="text-ink-3">
        {value} {unit}, {formatCountOf(partitions, 'partition', 'partitions')}
      </span>
      <Button
        size="sm"
        variant="primary"
        disabled={places.length !== 2}
        title={places.length === 2 ? undefined : 'Select two records to compare them'}
        onClick={() => first && second && setCompared([first, second])}
      >
        Compare two
      </Button>
      <Button
        size="sm"
        onClick={() =>
          copy(
            'Command copied.',
            places.map((place) => kcatOf(topic, place.partition, place.offset)).join('\n'),
          )
        }
      >
        Copy as kcat
      </Button>
      <Button
        size="sm"
        isPending={isReading}
        disabled={places.length > mostAsJson}
        title={
          places.length > mostAsJson ? `At most ${mostAsJson} records at once; export for more` : undefined
        }
        onClick={() => void copyJson()}
      >
        Copy as JSON
      </Button>
      {compared ? (
        <CompareSheet
          clusterId={clusterId}
          topic={topic}
          places={compared}
          onClose={() => setCompared(null)}
        />
      ) : null}
    </>
  );
}
