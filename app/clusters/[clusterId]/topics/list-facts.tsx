'use client';

import Link from 'next/link';
import { Notice } from '#components/ui/notice.tsx';
import { formatBytes, formatCountOf, formatRateShort } from '#lib/format.ts';
import type { TopicListing } from '#lib/model/topic.ts';
import { paths } from '#lib/paths.ts';

/** How much there is in all, in one line. */
export function ListFacts({ listing }: { listing: TopicListing }) {
  const rate = listing.recordsPerSecond === null ? null : formatRateShort(listing.recordsPerSecond);
  const size = listing.sizeBytes === null ? null : formatBytes(listing.sizeBytes, 3);
  return (
    <>
      {formatCountOf(listing.counts.all, 'topic', 'topics')},{' '}
      {formatCountOf(listing.partitions, 'partition', 'partitions')}
      {rate ? ` · ${rate.value}${rate.unit === '/s' ? '' : ` ${rate.unit.replace('/s', '')}`} records/s` : ''}
      {size ? ` · ${size.value} ${size.unit} on disk` : ''}
    </>
  );
}

/** The grey line that tells the cause of thinned-out topics once; the rows below only count them. */
export function ThinnedOut({ clusterId, listing }: { clusterId: string; listing: TopicListing }) {
  const [first, ...more] = listing.brokersDown;
  if (first === undefined || listing.counts.explained === 0) return null;
  const brokers =
    more.length === 0
      ? `Broker ${first} does not answer`
      : `Brokers ${[first, ...more.slice(0, -1)].join(', ')} and ${more.at(-1)} do not answer`;
  return (
    <Notice
      tone="plain"
      isSlim
      className="mb-1.5"
      end={
        more.length === 0 ? (
          <Link href={paths.broker(clusterId, first)}>Open broker {first}</Link>
        ) : (
          <Link href={paths.brokers(clusterId)}>Open brokers</Link>
        )
      }
    >
      {brokers}, so {formatCountOf(listing.counts.explained, 'topic is', 'topics are')} under-replicated. That
      cause is coloured once, on the broker; red below is only what is worse.
    </Notice>
  );
}
