'use client';

import { Ellipsis } from 'lucide-react';
import { useSelectedLayoutSegment } from 'next/navigation';
import { useQueryState } from 'nuqs';
import type { ReactNode } from 'react';
import { humanValue } from '#components/config/human-value.ts';
import { StaleLine } from '#components/feedback/faces.tsx';
import { Page } from '#components/shell/bar.tsx';
import { electable, movedLeaders } from '#components/topic/topic-findings.ts';
import { Button } from '#components/ui/button.tsx';
import { Mark } from '#components/ui/mark.tsx';
import { Menu, MenuItem, MenuSeparator } from '#components/ui/menu.tsx';
import { PageHead } from '#components/ui/section.tsx';
import { Tabs } from '#components/ui/tabs.tsx';
import { Tag } from '#components/ui/tag.tsx';
import { formatBytes, formatCount, formatCountOf, formatRateShort } from '#lib/format.ts';
import type { TopicDetail } from '#lib/model/topic.ts';
import { paths } from '#lib/paths.ts';
import type { TopicsViewer } from '../topics-viewer.ts';
import { type TopicPlan, TopicPlans } from './topic-plans.tsx';
import { useTopic } from './use-topic.ts';

const faces = {
  overview: 'Overview',
  messages: 'Messages',
  partitions: 'Partitions',
  groups: 'Groups',
  config: 'Config',
  metrics: 'Metrics',
} as const;
type Face = keyof typeof faces;

const withRange = new Set<Face>(['overview', 'metrics']);

/** The head of a topic and its faces. Plans open over any of them, by `plan` in the address. */
export function TopicFrame({
  viewer,
  topic,
  initial,
  isMissing,
  children,
}: {
  viewer: TopicsViewer;
  topic: string;
  initial: TopicDetail | undefined;
  /** There is no such topic: it has no faces then. */
  isMissing: boolean;
  children: ReactNode;
}) {
  const { clusterId, may } = viewer;
  const face = (useSelectedLayoutSegment() ?? 'overview') as Face;
  const live = useTopic(clusterId, topic, initial);
  const data = live.data;
  const [plan, setPlan] = useQueryState('plan', { history: 'push' });
  const hrefs: Record<Face, string> = {
    overview: paths.topic(clusterId, topic),
    messages: paths.topicMessages(clusterId, topic),
    partitions: paths.topicPartitions(clusterId, topic),
    groups: paths.topicGroups(clusterId, topic),
    config: paths.topicConfig(clusterId, topic),
    metrics: paths.topicMetrics(clusterId, topic),
  };
  const notes: Partial<Record<Face, string>> = data
    ? {
        partitions: formatCount(data.partitions.length),
        ...(data.groups === null ? {} : { groups: formatCount(data.groups) }),
        ...(data.configsSet ? { config: `${formatCount(data.configsSet)} set` } : {}),
      }
    : {};
  const open = (next: TopicPlan) => () => void setPlan(next);
  const isInternal = data?.isInternal ?? false;
  const canMove = data ? electable(data).length : 0;
  const whyNoElection =
    data && movedLeaders(data).length > 0
      ? 'The preferred replicas are not in sync.'
      : 'Every leader is the preferred one.';
  return (
    <Page
      crumbs={[
        { label: viewer.clusterName, href: paths.overview(clusterId) },
        { label: 'Topics', href: paths.topics(clusterId) },
        ...(face === 'overview'
          ? [{ label: topic, isName: true }]
          : [{ label: topic, href: hrefs.overview, isName: true }, { label: faces[face] ?? 'Topic' }]),
      ]}
      hasRange={withRange.has(face) && !isMissing}
    >
      <PageHead
        kind="name"
        title={topic}
        tag={
          <>
            {isInternal ? <Tag>internal</Tag> : null}
            {viewer.isReadOnly ? <Tag tone="line">Read-only cluster</Tag> : null}
          </>
        }
        facts={data ? factsOf(data) : []}
        actions={
          data ? (
            <>
              {may.elect && canMove > 0 ? <Button onClick={open('elect')}>Elect leaders</Button> : null}
              {may.addPartitions || may.delete || may.deleteRecords ? (
                <Menu
                  trigger={
                    <Button isSquare aria-label={`Actions on ${topic}`}>
                      <Ellipsis className="ic" aria-hidden="true" />
                    </Button>
                  }
                >
                  {may.elect ? (
                    <MenuItem
                      onSelect={open('elect')}
                      isDisabled={canMove === 0}
                      reason={canMove === 0 ? whyNoElection : undefined}
                    >
                      Elect leaders
                    </MenuItem>
                  ) : null}
                  {may.addPartitions ? (
                    <MenuItem onSelect={open('partitions')}>Add partitions</MenuItem>
                  ) : null}
                  {may.delete || may.deleteRecords ? <MenuSeparator /> : null}
                  {may.deleteRecords ? (
                    <MenuItem onSelect={open('records')} isDanger isDisabled={isInternal}>
                      Delete records
                    </MenuItem>
                  ) : null}
                  {may.delete ? (
                    <MenuItem onSelect={open('delete')} isDanger isDisabled={isInternal}>
                      Delete topic
                    </MenuItem>
                  ) : null}
                </Menu>
              ) : null}
            </>
          ) : null
        }
      />
      {isMissing ? null : (
        <Tabs
          label={`Faces of ${topic}`}
          tabs={(Object.keys(faces) as Face[])
            .filter((each) => each !== 'messages' || may.readMessages)
            .map((each) => ({
              href: hrefs[each],
              label: faces[each],
              note: notes[each],
              isCurrent: each === face,
            }))}
        />
      )}
      {live.problem && data?.asOf ? <StaleLine seenAt={data.asOf} onReconnect={live.refetch} /> : null}
      {children}
      {data ? (
        <TopicPlans
          viewer={viewer}
          topic={data}
          plan={plan as TopicPlan | null}
          onClose={() => void setPlan(null, { history: 'replace' })}
        />
      ) : null}
    </Page>
  );
}

/** One line: how large, how busy, how long kept, what is wrong. */
function factsOf(topic: TopicDetail): ReactNode[] {
  const rate = topic.recordsPerSecond === null ? null : formatRateShort(topic.recordsPerSecond);
  const size = topic.sizeBytes === null ? null : formatBytes(topic.sizeBytes);
  const count = (words: string) => topic.partitions.filter((row) => row.stateWords === words).length;
  const critical = (part: number, words: string) =>
    part > 0 ? (
      <span key={words} className="critical">
        <Mark name="critical" /> {formatCountOf(part, 'partition', 'partitions')} {words}
      </span>
    ) : null;
  return [
    `${formatCountOf(topic.partitions.length, 'partition', 'partitions')}, ${formatCountOf(topic.replicationFactor, 'replica', 'replicas')}`,
    rate ? `${rate.value}${rate.unit === '/s' ? '' : ` ${rate.unit.replace('/s', '')}`} records/s` : null,
    [size ? `${size.value} ${size.unit}` : null, keptWords(topic)].filter(Boolean).join(', '),
    critical(count('Offline'), 'offline'),
    critical(count('Refuses writes'), 'under min ISR'),
  ];
}

/** `kept 6 h`, `kept for ever`, `compacted`. */
export function keptWords(topic: TopicDetail): string | null {
  const policies = topic.cleanupPolicy?.split(',') ?? [];
  const kept =
    topic.retentionMs === '-1' ? 'kept for ever' : `kept ${humanValue('retention.ms', topic.retentionMs)}`;
  if (!policies.includes('delete')) return policies.includes('compact') ? 'compacted' : null;
  if (topic.retentionMs === null) return null;
  return policies.includes('compact') ? `compacted, ${kept}` : kept;
}
