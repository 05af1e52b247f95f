import Link from 'next/link';
import { PartialLine } from '#components/feedback/faces.tsx';
import { topicFindings } from '#components/topic/topic-findings.ts';
import { Notice } from '#components/ui/notice.tsx';
import type { TopicDetail } from '#lib/model/topic.ts';
import { paths } from '#lib/paths.ts';

const tones = { critical: 'critical', warning: 'warning', explained: 'plain' } as const;

/** What is wrong with the topic in sentences, and what could not be read of it. */
export function TopicNotices({ clusterId, topic }: { clusterId: string; topic: TopicDetail }) {
  const findings = topicFindings(topic);
  if (findings.length === 0 && topic.missing.length === 0) return null;
  return (
    <div className="mt-3.5 grid gap-1.5">
      {findings.map((finding) => (
        <Notice
          key={finding.id}
          tone={tones[finding.severity]}
          title={finding.severity === 'explained' ? undefined : finding.title}
          isSlim={finding.severity === 'explained'}
          end={
            finding.broker === null ? undefined : (
              <Link href={paths.broker(clusterId, finding.broker)}>Open broker {finding.broker}</Link>
            )
          }
        >
          {finding.severity === 'explained' ? `${finding.title} ` : ''}
          {finding.detail}
        </Notice>
      ))}
      <PartialLine missing={topic.missing} />
    </div>
  );
}
