'use client';

import { useState } from 'react';
import { FieldFrame } from '#components/forms/fields.tsx';
import { Button } from '#components/ui/button.tsx';
import { Radio } from '#components/ui/choice.tsx';
import { Sheet } from '#components/ui/dialog.tsx';
import { Input, Select } from '#components/ui/input.tsx';
import { useZone } from '#components/values/clock.tsx';
import { formatCount } from '#lib/format.ts';
import type { TopicDetail } from '#lib/model/topic.ts';
import type { TopicsViewer } from '../topics-viewer.ts';
import { DeleteRecordsDialog, type UpTo } from './delete-records-dialog.tsx';

type Props = { viewer: TopicsViewer; topic: TopicDetail; onClose: () => void };
type Kind = UpTo['kind'];

/** Up to where, then what goes from each partition and who has not read it. */
export function DeleteRecordsPlanSheets({ viewer, topic, onClose }: Props) {
  const zone = useZone();
  const [kind, setKind] = useState<Kind>('time');
  const [time, setTime] = useState('');
  const [partition, setPartition] = useState('0');
  const [offset, setOffset] = useState('');
  const [isSent, setSent] = useState(false);
  const [upTo, setUpTo] = useState<UpTo | null>(null);
  const timeMs = time === '' ? Number.NaN : new Date(time).getTime();
  const error =
    kind === 'time' && Number.isNaN(timeMs)
      ? 'Choose a time.'
      : kind === 'offset' && !/^\d{1,19}$/.test(offset.trim())
        ? 'An offset is a whole number from 0.'
        : null;
  const planIt = () => {
    setSent(true);
    if (error !== null) return;
    if (kind === 'all') setUpTo({ kind });
    else if (kind === 'time') setUpTo({ kind, timeMs });
    else setUpTo({ kind, partition: Number(partition), offset: offset.trim() });
  };
  if (upTo) return <DeleteRecordsDialog viewer={viewer} topic={topic} upTo={upTo} onClose={onClose} />;
  const chosen = topic.partitions.find((row) => String(row.partition) === partition);
  return (
    <Sheet
      isOpen
      onClose={onClose}
      kind="plan"
      title="Delete records"
      environment={viewer.environment}
      description={
        <>
          of <span className="name">{topic.name}</span> on <b>{viewer.clusterName}</b>. The next step shows
          what goes from each partition, and which groups have not read it.
        </>
      }
      footer={
        <>
          <Button onClick={onClose}>Keep records</Button>
          <Button variant="primary" onClick={planIt}>
            Plan deletion of records
          </Button>
        </>
      }
    >
      <form
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          planIt();
        }}
      >
        <fieldset className="fld">
          <legend className="lb mb-1 font-medium">Which records</legend>
          <div className="grid gap-1">
            <Radio
              name="up-to"
              label="Older than a time"
              help="In every partition, up to the first record at or after it."
              checked={kind === 'time'}
              onChange={() => setKind('time')}
            />
            <Radio
              name="up-to"
              label="Before an offset"
              help="In one partition."
              checked={kind === 'offset'}
              onChange={() => setKind('offset')}
            />
            <Radio
              name="up-to"
              label="All there are now"
              help="The topic stays, empty. What is written after the plan stays."
              checked={kind === 'all'}
              onChange={() => setKind('all')}
            />
          </div>
        </fieldset>
        {kind === 'time' ? (
          <FieldFrame
            id="delete-before-time"
            label="Keep records from"
            help={`By the timestamp of the records, in ${zone}.`}
            error={isSent && error ? error : undefined}
          >
            <Input
              id="delete-before-time"
              type="datetime-local"
              step={1}
              value={time}
              onChange={(event) => setTime(event.target.value)}
              aria-invalid={isSent && error ? true : undefined}
            />
          </FieldFrame>
        ) : null}
        {kind === 'offset' ? (
          <div className="grid-2">
            <FieldFrame id="delete-partition" label="Partition">
              <Select
                id="delete-partition"
                value={partition}
                onChange={(event) => setPartition(event.target.value)}
                options={topic.partitions.map((row) => ({
                  value: String(row.partition),
                  label: String(row.partition),
                }))}
              />
            </FieldFrame>
            <FieldFrame
              id="delete-offset"
              label="First offset to keep"
              help={
                chosen?.startOffset && chosen.endOffset
                  ? `It holds ${formatCount(chosen.startOffset)} up to ${formatCount(chosen.endOffset)}.`
                  : undefined
              }
              error={isSent && error ? error : undefined}
            >
              <Input
                id="delete-offset"
                inputMode="numeric"
                isMono
                value={offset}
                onChange={(event) => setOffset(event.target.value)}
                aria-invalid={isSent && error ? true : undefined}
              />
            </FieldFrame>
          </div>
        ) : null}
      </form>
    </Sheet>
  );
}
