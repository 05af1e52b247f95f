'use client';

import { useState } from 'react';
import { FieldFrame } from '#components/forms/fields.tsx';
import { PlanDialog } from '#components/forms/plan-dialog.tsx';
import { addPartitionsCommand } from '#components/topic/command-lines.ts';
import { Button } from '#components/ui/button.tsx';
import { Sheet } from '#components/ui/dialog.tsx';
import { Input } from '#components/ui/input.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { KeyValues } from '#components/ui/section.tsx';
import { showToast } from '#components/ui/toasts.tsx';
import { formatCountOf, formatPercent } from '#lib/format.ts';
import type { TopicDetail } from '#lib/model/topic.ts';
import { maxPartitionsPerTopic } from '#lib/model/topic-policy.ts';
import { addPartitionsAction, planAddPartitionsAction } from '../actions.ts';
import type { TopicsViewer } from '../topics-viewer.ts';

type Props = { viewer: TopicsViewer; topic: TopicDetail; onClose: () => void };

/** What a number of partitions lacks, in words; null when it can be planned. */
function problemOf(text: string, now: number): string | null {
  if (!/^\d{1,6}$/.test(text.trim())) return 'A whole number is needed.';
  const total = Number(text);
  if (total <= now) return `There are ${now}; Kafka cannot take any away. Choose more.`;
  if (total > maxPartitionsPerTopic) return `At most ${maxPartitionsPerTopic} partitions.`;
  return null;
}

/** How many there shall be, then what that means for the order by key. */
export function AddPartitionsPlan({ viewer, topic, onClose }: Props) {
  const now = topic.partitions.length;
  const [text, setText] = useState(String(now * 2));
  const [isLeft, setLeft] = useState(false);
  const [total, setTotal] = useState<number | null>(null);
  const target = { clusterId: viewer.clusterId, topic: topic.name };
  const error = problemOf(text, now);
  const planIt = () => {
    setLeft(true);
    if (error === null) setTotal(Number(text));
  };
  const id = 'add-partitions-total';
  if (total === null)
    return (
      <Sheet
        isOpen
        onClose={onClose}
        kind="plan"
        title="Add partitions"
        environment={viewer.environment}
        description={
          <>
            to <span className="name">{topic.name}</span> on <b>{viewer.clusterName}</b>. The next step shows
            what it means.
          </>
        }
        footer={
          <>
            <Button onClick={onClose}>Keep {formatCountOf(now, 'partition', 'partitions')}</Button>
            <Button variant="primary" onClick={planIt}>
              Plan more partitions
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
          <FieldFrame
            id={id}
            label="Partitions in all"
            help={`There are ${now} now.`}
            error={isLeft && error ? error : undefined}
          >
            <Input
              id={id}
              inputMode="numeric"
              suffix="partitions"
              value={text}
              onChange={(event) => setText(event.target.value)}
              onBlur={() => setLeft(true)}
              aria-invalid={isLeft && error ? true : undefined}
              aria-describedby={isLeft && error ? `${id}-help ${id}-error` : `${id}-help`}
            />
          </FieldFrame>
        </form>
      </Sheet>
    );
  return (
    <PlanDialog
      isOpen
      onClose={onClose}
      kind="sheet"
      title="Add partitions"
      environment={viewer.environment}
      clusterName={viewer.clusterName}
      keep={`Keep ${formatCountOf(now, 'partition', 'partitions')}`}
      plan={() => planAddPartitionsAction({ ...target, total })}
      act={(plan, _typed, once) => addPartitionsAction({ ...target, total, digest: plan.digest }, once)}
      onDone={(value) => {
        showToast({
          title: 'Partitions added.',
          children: (
            <>
              <span className="name">{value.topic}</span> has {value.partitions} now
            </>
          ),
        });
        onClose();
      }}
      view={(plan) => {
        const share = formatPercent(plan.movedKeys);
        const isCompacted = topic.cleanupPolicy?.includes('compact') ?? false;
        return {
          consequence: 'Kafka never takes partitions away, so this cannot be taken back.',
          body: (
            <>
              <KeyValues
                items={[
                  [
                    'Topic',
                    <span key="topic" className="name">
                      {topic.name}
                    </span>,
                  ],
                  ['Partitions', `${plan.from} now, ${plan.to} then`],
                  ['New replicas', `${(plan.to - plan.from) * topic.replicationFactor}, placed by Kafka`],
                  ['Keys that map elsewhere', `${share} with the default partitioner`],
                  ['Records there are', 'Stay where they are'],
                ]}
              />
              <div className="mt-3">
                <Notice tone="warning" title={`${share} of the keys go to another partition from then on.`}>
                  Records of such a key lie in two partitions, and their order holds only within each.
                  {isCompacted
                    ? ' This topic is compacted: the old value of a moved key is not replaced by the new one.'
                    : ''}{' '}
                  Readers that keep state by partition need care.
                </Notice>
              </div>
            </>
          ),
          confirm: `Add ${formatCountOf(plan.to - plan.from, 'partition', 'partitions')}`,
          typed: topic.name,
          isDanger: true,
          sameAs: addPartitionsCommand(topic.name, plan.to),
        };
      }}
    />
  );
}
