'use client';

import { State } from '#components/ui/mark.tsx';
import { PageHead } from '#components/ui/section.tsx';
import { Tabs } from '#components/ui/tabs.tsx';
import { ClockTime } from '#components/values/time.tsx';
import type { BrokerDetail } from '#lib/model/broker.ts';
import { paths } from '#lib/paths.ts';

/** Head of a broker: how it stands, where it is, and its faces. */
export function BrokerHead({
  clusterId,
  broker,
  face,
}: {
  clusterId: string;
  broker: BrokerDetail;
  face: 'overview' | 'metrics';
}) {
  return (
    <>
      <PageHead
        title={`Broker ${broker.id}`}
        facts={[
          <State key="state" mark={broker.state}>
            {broker.stateWords}
            {broker.since ? (
              <>
                {' '}
                since <ClockTime at={broker.since} withAge />
              </>
            ) : null}
          </State>,
          broker.host ? (
            <span key="address" className="name">
              {broker.host}:{broker.port}
            </span>
          ) : null,
          broker.rack ? `Rack ${broker.rack}` : 'No rack',
          broker.isController ? 'Controller' : null,
        ]}
      />
      <Tabs
        label={`Faces of broker ${broker.id}`}
        tabs={[
          { label: 'Overview', href: paths.broker(clusterId, broker.id), isCurrent: face === 'overview' },
          {
            label: 'Metrics',
            href: paths.brokerMetrics(clusterId, broker.id),
            isCurrent: face === 'metrics',
          },
        ]}
      />
    </>
  );
}
