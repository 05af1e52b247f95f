'use client';

import { EventBank } from '#components/charts/event-bank.tsx';
import { MetricChart } from '#components/charts/metric-chart.tsx';
import { MissingNotice } from '#components/charts/missing-notice.tsx';
import { useEvents } from '#components/charts/use-events.ts';
import { useSeries } from '#components/charts/use-series.ts';
import { ProblemNotice } from '#components/feedback/problem-notice.tsx';
import { Bank } from '#components/ui/section.tsx';
import { ObjectName } from '#components/values/numbers.tsx';
import { StateOverTime } from '../state-over-time.tsx';

/** One connector over time: whether it ran, and how many of its tasks. */
export function ConnectorMetrics({ clusterId, connector }: { clusterId: string; connector: string }) {
  const events = useEvents(clusterId, `connector:${connector}`);
  const { live, series, missing, from, to } = useSeries({
    clusterId,
    lines: [{ kind: 'connector.state', name: connector }],
    isCompared: false,
  });
  const charts = { clusterId, flags: events.flags };
  return (
    <div className="grid gap-x-8 wide:grid-cols-[minmax(0,1fr)_336px]">
      <Bank title={<ObjectName name={connector} />} note="asked of its Connect workers" isPadded>
        {live.problem && !live.data ? <ProblemNotice problem={live.problem} onRetry={live.refetch} /> : null}
        {missing ? <MissingNotice clusterId={clusterId} kind="connector.state" why={missing} /> : null}
        {live.data && !missing ? (
          <div className="grid gap-5">
            <StateOverTime series={series} from={from} to={to} label={`State of ${connector} over time`} />
            <div className="grid gap-x-8 gap-y-5 desk:grid-cols-2">
              <MetricChart
                {...charts}
                title="Tasks that run"
                lines={[{ kind: 'connector.tasks-running', name: connector, label: 'Running' }]}
              />
              <MetricChart
                {...charts}
                title="Tasks that failed"
                lines={[
                  {
                    kind: 'connector.tasks-failed',
                    name: connector,
                    label: 'Failed',
                    tone: 'critical',
                  },
                ]}
              />
            </div>
          </div>
        ) : null}
      </Bank>
      <EventBank events={events} />
    </div>
  );
}
