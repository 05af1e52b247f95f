'use client';

import { arrangeSections } from '#components/broker/arrange-sections.ts';
import { type BrokerSection, brokerSections } from '#components/broker/broker-sections.ts';
import { MissingSections } from '#components/broker/missing-sections.tsx';
import { CompareChoice } from '#components/charts/compare-choice.tsx';
import { EventBank } from '#components/charts/event-bank.tsx';
import type { Flag } from '#components/charts/flags.ts';
import { MetricChart } from '#components/charts/metric-chart.tsx';
import { useEvents } from '#components/charts/use-events.ts';
import { useKinds } from '#components/charts/use-kinds.ts';
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
  const kinds = useKinds(clusterId);
  const { drawn, missing } = kinds.isKnown
    ? arrangeSections(brokerSections, kinds.missing)
    : { drawn: [], missing: [] };
  const events = useEvents(clusterId, `broker:${broker.id}`);
  return (
    <>
      <BrokerHead clusterId={clusterId} broker={broker} face="metrics" />
      <div className="grid gap-x-8 wide:grid-cols-[minmax(0,1fr)_336px]">
        <div className="min-w-0">
          {drawn.map((section, index) => (
            <Section
              key={section.title}
              {...section}
              clusterId={clusterId}
              name={String(broker.id)}
              flags={events.flags}
              hasCompare={index === 0}
            />
          ))}
          {kinds.isKnown ? null : <div className="h-[400px]" aria-busy="true" />}
          <MissingSections clusterId={clusterId} missing={missing} />
        </div>
        <EventBank events={events} />
      </div>
    </>
  );
}

/** Charts of one section, one for each kind. */
function Section({
  clusterId,
  name,
  title,
  note,
  kinds,
  flags,
  hasCompare,
}: BrokerSection & {
  clusterId: string;
  name: string;
  flags: readonly Flag[];
  hasCompare: boolean;
}) {
  return (
    <Bank title={title} note={note} end={hasCompare ? <CompareChoice /> : null} isPadded>
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
    </Bank>
  );
}
