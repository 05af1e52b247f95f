'use client';

import { brokerSections } from '#components/broker/broker-sections.ts';
import { CompareChoice } from '#components/charts/compare-choice.tsx';
import { EventBank } from '#components/charts/event-bank.tsx';
import type { Flag } from '#components/charts/flags.ts';
import { MetricChart } from '#components/charts/metric-chart.tsx';
import { MissingNotice } from '#components/charts/missing-notice.tsx';
import { useEvents } from '#components/charts/use-events.ts';
import { useSeries } from '#components/charts/use-series.ts';
import { Bank } from '#components/ui/section.tsx';
import { useLiveQuery } from '#lib/client/use-live-query.ts';
import type { BrokerDetail } from '#lib/model/broker.ts';
import { factsOfSeries } from '#lib/model/series-kinds.ts';
import { apiPath } from '#lib/paths.ts';
import { BrokerHead } from '../broker-head.tsx';

/** Everything that is kept of one broker over time. */
export function BrokerMetrics({ clusterId, initial }: { clusterId: string; initial: BrokerDetail }) {
  const live = useLiveQuery<BrokerDetail>({
    clusterId,
    url: apiPath('/clusters/[clusterId]/brokers/[brokerId]', { clusterId, brokerId: initial.id }),
    initial,
  });
  const broker = live.data ?? initial;
  const events = useEvents(clusterId, `broker:${broker.id}`);
  return (
    <>
      <BrokerHead clusterId={clusterId} broker={broker} face="metrics" />
      <div className="grid gap-x-8 wide:grid-cols-[minmax(0,1fr)_336px]">
        <div className="min-w-0">
          {brokerSections.map((section, index) => (
            <Section
              key={section.title}
              {...section}
              clusterId={clusterId}
              name={String(broker.id)}
              flags={events.flags}
              hasCompare={index === 0}
            />
          ))}
        </div>
        <EventBank events={events} />
      </div>
    </>
  );
}

/** Charts of one source; where the source is not there it says so once. */
function Section({
  clusterId,
  name,
  title,
  note,
  kinds,
  flags,
  hasCompare,
}: (typeof brokerSections)[number] & {
  clusterId: string;
  name: string;
  flags: readonly Flag[];
  hasCompare: boolean;
}) {
  const { missing } = useSeries({ clusterId, lines: [{ kind: kinds[0], name }] });
  return (
    <Bank title={title} note={note} end={hasCompare ? <CompareChoice /> : null} isPadded>
      {missing ? (
        <MissingNotice clusterId={clusterId} why={missing} />
      ) : (
        <div className="grid gap-x-8 gap-y-5 desk:grid-cols-2">
          {kinds.map((kind) => (
            <MetricChart
              key={kind}
              clusterId={clusterId}
              title={factsOfSeries(kind).title}
              lines={[{ kind, name, label: factsOfSeries(kind).title }]}
              flags={flags}
            />
          ))}
        </div>
      )}
    </Bank>
  );
}
