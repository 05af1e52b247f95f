'use client';

import Link from 'next/link';
import { Notice } from '#components/ui/notice.tsx';
import { TimeAgo } from '#components/values/time.tsx';
import { factsOfSeries, type SeriesKind } from '#lib/model/series-kinds.ts';
import { paths } from '#lib/paths.ts';
import { useChartRights } from './chart-acts.tsx';

/** Sources that a person has to name or switch on. */
const switched: ReadonlySet<string> = new Set(['endpoint', 'canary', 'connect']);

/** Why there are no numbers of a kind, and for those who may change it the way there. Never a zero in their place. */
export function MissingNotice({
  clusterId,
  kind,
  why,
  asOf = null,
}: {
  clusterId: string;
  kind: SeriesKind;
  why: string;
  /** When what stands beside it was told, ISO time: it is not how things are now. */
  asOf?: string | null;
}) {
  const { mayConnect } = useChartRights();
  const canConnect = mayConnect && switched.has(factsOfSeries(kind).from);
  return (
    <Notice
      tone="plain"
      mark="unknown"
      isSlim
      className="my-2"
      end={canConnect ? <Link href={paths.settingsCluster(clusterId)}>Connect it</Link> : null}
    >
      {asOf ? (
        <>
          As of <TimeAgo at={asOf} />.{' '}
        </>
      ) : null}
      {why}
    </Notice>
  );
}
