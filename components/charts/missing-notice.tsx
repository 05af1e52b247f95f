'use client';

import Link from 'next/link';
import { Notice } from '#components/ui/notice.tsx';
import { paths } from '#lib/paths.ts';
import { useChartRights } from './chart-acts.tsx';

/** Why there are no numbers of a kind, and for those who may change it the way there. Never a zero in their place. */
export function MissingNotice({ clusterId, why }: { clusterId: string; why: string }) {
  const { mayConnect } = useChartRights();
  return (
    <Notice
      tone="plain"
      mark="unknown"
      isSlim
      className="my-2"
      end={mayConnect ? <Link href={paths.settingsCluster(clusterId)}>Connect it</Link> : null}
    >
      {why}
    </Notice>
  );
}
