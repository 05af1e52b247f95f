'use client';

import { EventBank } from '#components/charts/event-bank.tsx';
import { MetricChart } from '#components/charts/metric-chart.tsx';
import { MissingNotice } from '#components/charts/missing-notice.tsx';
import { useEvents } from '#components/charts/use-events.ts';
import { useSeries } from '#components/charts/use-series.ts';
import { ProblemNotice } from '#components/feedback/problem-notice.tsx';
import { Bank } from '#components/ui/section.tsx';
import { ObjectName } from '#components/values/numbers.tsx';
import type { ConnectorListing } from '#lib/model/connector.ts';
import { ConnectorStateMark } from '../connector-state.tsx';
import { ConnectorsMissing } from '../connectors-missing.tsx';
import { StateOverTime } from '../state-over-time.tsx';
import { useConnectors } from '../use-connectors.ts';

/** One connector: how it and its tasks stand now and why, and how they stood over time. */
export function ConnectorMetrics({ clusterId, connector }: { clusterId: string; connector: string }) {
  const events = useEvents(clusterId, `connector:${connector}`);
  const now = useConnectors(clusterId);
  const { live, series, missing, from, to } = useSeries({
    clusterId,
    lines: [{ kind: 'connector.state', name: connector }],
    isCompared: false,
  });
  const row = now.data?.rows.find((each) => each.name === connector);
  const charts = { clusterId, flags: events.flags };
  return (
    <div className="grid gap-x-8 wide:grid-cols-[minmax(0,1fr)_336px]">
      <div className="min-w-0">
        <Bank
          title={<ObjectName name={connector} />}
          note={row ? <ConnectorStateMark state={row.state} /> : undefined}
        >
          {now.problem && !now.data ? <ProblemNotice problem={now.problem} onRetry={now.refetch} /> : null}
          <ConnectorsMissing clusterId={clusterId} listing={now.data} />
          {now.data && !now.data.missing && !row ? (
            <p className="py-2 text-ink-3">The workers know no connector of this name now.</p>
          ) : null}
          {row ? <Tasks row={row} /> : null}
        </Bank>
        <Bank title="Over time" note="hatched where the workers were not asked" isPadded>
          {live.problem && !live.data ? (
            <ProblemNotice problem={live.problem} onRetry={live.refetch} />
          ) : null}
          {missing ? <MissingNotice clusterId={clusterId} kind="connector.state" why={missing} /> : null}
          {live.data ? (
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
      </div>
      <EventBank events={events} />
    </div>
  );
}

/** Its tasks with their workers, and what failed in one line. */
function Tasks({ row }: { row: ConnectorListing['rows'][number] }) {
  return (
    <>
      {row.failure ? <p className="py-2 text-critical wrap-anywhere">{row.failure}</p> : null}
      <div className="tw">
        <table className="dt">
          <caption className="vh">Tasks of {row.name}</caption>
          <thead>
            <tr>
              <th scope="col">Task</th>
              <th scope="col">State</th>
              <th scope="col">Worker</th>
              <th scope="col">Why it failed</th>
            </tr>
          </thead>
          <tbody>
            {row.tasks.map((task) => (
              <tr key={task.id}>
                <td>{task.id}</td>
                <td>
                  <ConnectorStateMark state={task.state} />
                </td>
                <td className="name">{task.worker}</td>
                <td className="wrap-anywhere whitespace-normal!">{task.failure}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
