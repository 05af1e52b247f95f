'use client';

import { ChartCursorProvider } from '#components/charts/cursor.tsx';
import { Bank } from '#components/ui/section.tsx';
import type { TopicDetail } from '#lib/model/topic.ts';
import type { TopicsViewer } from '../../topics-viewer.ts';
import { TopicCharts } from '../topic-charts.tsx';

const kinds = ['topic.records-in', 'topic.bytes-in', 'topic.size'] as const;

/** What is kept of a topic over time; the range stands in the address. */
export function TopicMetrics({ viewer, initial }: { viewer: TopicsViewer; initial: TopicDetail }) {
  return (
    <ChartCursorProvider>
      <Bank
        title="Traffic and size"
        note="one cursor through every chart; drag to choose a range; hatched where nothing was sampled"
        isPadded
      >
        <div className="grid gap-6">
          <TopicCharts clusterId={viewer.clusterId} topic={initial.name} kinds={kinds} height={180} />
        </div>
      </Bank>
    </ChartCursorProvider>
  );
}
