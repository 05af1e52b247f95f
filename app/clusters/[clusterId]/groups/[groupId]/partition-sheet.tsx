'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { RowSheet } from '#components/data-table/row-sheet.tsx';
import { catchUpWords, lossWords } from '#components/group/lag-words.ts';
import { raceWords } from '#components/group/worst-partition.ts';
import { Race } from '#components/race/race.tsx';
import { placeOf } from '#components/race/race-position.ts';
import { Button, ButtonLink } from '#components/ui/button.tsx';
import { Unknown } from '#components/ui/quantity.tsx';
import { KeyValues } from '#components/ui/section.tsx';
import { Count, Percent, Rate } from '#components/values/numbers.tsx';
import { ClockTime } from '#components/values/time.tsx';
import type { GroupDetail, GroupPartitionRow } from '#lib/model/group.ts';
import { paths } from '#lib/paths.ts';
import type { GroupsViewer } from '../groups-viewer.ts';
import { lagTime, partitionMark } from './partition-columns.tsx';
import { useGroupPlan } from './plans/use-group-plan.ts';
import { recordHref } from './record-href.ts';

/** Everything about one partition of the group, with the rule that gave its state. */
export function PartitionSheet({
  viewer,
  group,
  row,
  onClose,
  onStep,
}: {
  viewer: GroupsViewer;
  group: GroupDetail;
  row: GroupPartitionRow;
  onClose: () => void;
  onStep?: (step: -1 | 1) => void;
}) {
  const [, setPlan] = useGroupPlan();
  const { lag } = row;
  const place = placeOf(row);
  const href = viewer.may.readMessages ? recordHref(viewer.clusterId, row) : null;
  return (
    <RowSheet
      isOpen
      onClose={onClose}
      onStep={onStep}
      title={
        <>
          <span className="name">{row.topic}</span> {row.partition}
        </>
      }
      description={
        <>
          read by <span className="name">{group.groupId}</span>
        </>
      }
      footer={
        <>
          {href ? <ButtonLink href={href}>Open the next record</ButtonLink> : null}
          {viewer.may.reset ? (
            <Button
              variant="primary"
              onClick={() => setPlan('reset', { topic: row.topic, partitions: String(row.partition) })}
            >
              Reset this partition
            </Button>
          ) : null}
        </>
      }
    >
      <p className="mb-2">{partitionMark(row)}</p>
      <p className="mb-3 text-ink-2">{lag.rule}</p>
      <Race
        position={place.position}
        pace={place.pace}
        isCompacted={place.hasNoEdge}
        width={460}
        label={raceWords(row)}
      />
      <KeyValues className="mt-3" items={itemsOf(viewer.clusterId, group, row)} />
    </RowSheet>
  );
}

function itemsOf(
  clusterId: string,
  group: GroupDetail,
  row: GroupPartitionRow,
): (readonly [string, ReactNode])[] {
  const { lag } = row;
  const isShare = group.type === 'share';
  const offset = (value: string | null, none: string) =>
    value === null ? (
      <span className="text-ink-3">{none}</span>
    ) : (
      <span className="mono">{<Count value={value} />}</span>
    );
  return [
    [
      'Member',
      row.clientId ? (
        <>
          <span className="name">{row.clientId}</span>{' '}
          <Link href={paths.groupMembers(clusterId, group.groupId)}>All members</Link>
        </>
      ) : isShare ? (
        'Any member: records are handed out one by one'
      ) : (
        'Nobody'
      ),
    ],
    ['Lag', <Count key="lag" value={lag.lagMessages} unit="records" />],
    [
      'Lag in time',
      <span key="time">
        {lagTime(row)}{' '}
        {lag.lagFrom === 'record' ? (
          <span className="text-ink-3">by the timestamp of the record</span>
        ) : lag.lagFrom === 'table' ? (
          <span className="text-ink-3">by when that offset was written</span>
        ) : null}
      </span>,
    ],
    [
      'Data-loss clock',
      <span key="loss">
        {lossWords(lag.loss)}{' '}
        <span className="text-ink-3">
          {lag.loss.kind === 'in'
            ? `until retention by ${lag.loss.by} reaches the next unread record, at the earliest`
            : lag.loss.kind === 'lost'
              ? 'before they were read'
              : lag.loss.why}
        </span>
      </span>,
    ],
    [
      'Caught up',
      <span key="catch-up">
        {catchUpWords(lag.catchUp)}{' '}
        {lag.catchUp.kind === 'unknown' ? <span className="text-ink-3">{lag.catchUp.why}</span> : null}
      </span>,
    ],
    ['Produced', <RateText key="produced" value={lag.producedPerSecond} />],
    ['Read', <RateText key="read" value={lag.consumedPerSecond} />],
    ['Share of the topic read', <Percent key="share" share={lag.readShare} />],
    [
      'Position last moved',
      lag.movedAt === null ? (
        <span key="moved" className="text-ink-3">
          Not seen to move
        </span>
      ) : (
        <ClockTime key="moved" at={lag.movedAt} withAge />
      ),
    ],
    [isShare ? 'Start offset' : 'Committed offset', offset(row.committedOffset, 'Never')],
    ...(isShare
      ? [
          [
            'Done ahead of it',
            row.doneAhead === null ? 'Not told by the brokers' : offset(row.doneAhead, ''),
          ] as const,
        ]
      : []),
    ['Start of the log', offset(row.startOffset, 'Unknown')],
    ['End of the log', offset(row.endOffset, 'Unknown')],
    ...(row.stableOffset !== null && row.stableOffset !== row.endOffset
      ? [['Last stable offset', offset(row.stableOffset, 'Unknown')] as const]
      : []),
    ...(lag.openTransactionMessages !== null && lag.openTransactionMessages !== '0'
      ? [
          [
            'Open transaction',
            <span key="open">
              <Count value={lag.openTransactionMessages} unit="records" />{' '}
              <span className="text-ink-3">are held back until it ends; they are no lag</span>
            </span>,
          ] as const,
        ]
      : []),
    ...(row.lagMessages !== null && row.lagMessages !== lag.lagMessages
      ? [
          [
            'End less committed',
            <span key="raw">
              <Count value={row.lagMessages} />{' '}
              <span className="text-ink-3">as Kafka's own tool counts, with offsets nobody receives</span>
            </span>,
          ] as const,
        ]
      : []),
  ];
}

function RateText({ value }: { value: number | null }) {
  return value === null ? (
    <Unknown />
  ) : (
    <>
      <Rate value={value} /> <span className="u">records/s</span>
    </>
  );
}
