'use client';

import { type ReactNode, useMemo } from 'react';
import { postForm } from '#lib/client/post-form.ts';
import { useLiveCluster } from '#lib/client/use-live-cluster.ts';
import { useLiveQuery } from '#lib/client/use-live-query.ts';
import type { ClusterCard } from '#lib/model/overview.ts';
import type { Principal } from '#lib/model/principal.ts';
import { isAtLeast } from '#lib/model/role.ts';
import { apiPath } from '#lib/paths.ts';
import type { ClusterTrouble, ShellCluster } from './nav.ts';
import { paletteSource } from './palette-source.ts';
import { Shell } from './shell.tsx';

type Viewer = Pick<Principal, 'name' | 'email' | 'role'>;

const toShell = (card: ClusterCard): ShellCluster => ({
  id: card.id,
  name: card.name,
  environment: card.environment,
  kafkaVersion: card.kafkaVersion,
  severity: card.severity,
  worst: card.worst,
});

function troubleOf(card: ClusterCard): ClusterTrouble {
  const count = (n: number, word: string) =>
    n > 0 ? { count: n, mark: 'critical' as const, word } : undefined;
  return {
    ...(card.trouble.brokers ? { brokers: count(card.trouble.brokers, 'not answering') } : {}),
    ...(card.trouble.topics ? { topics: count(card.trouble.topics, 'refusing or offline') } : {}),
  };
}

/** What the frame needs unchanged between renders. */
function useStable(clusterId: string | null, role: Viewer['role']) {
  return useMemo(
    () => ({ can: { audit: isAtLeast(role, 'operator') }, palette: paletteSource(clusterId, role) }),
    [clusterId, role],
  );
}

async function signOut(): Promise<void> {
  const answer = await postForm('/api/auth/sign-out', {});
  window.location.assign(answer.ok ? answer.to : '/sign-in');
}

/** The cards of the clusters, kept fresh: the rail tells a new trouble while a page stays open. */
function useCards(initial: ClusterCard[], clusterId: string | null): ClusterCard[] {
  const live = useLiveQuery<{ rows: ClusterCard[] }>({
    clusterId,
    url: apiPath('/clusters', {}),
    initial: { rows: initial },
  });
  return live.data?.rows ?? initial;
}

/** The frame around pages of no one cluster. */
export function FleetConsole({
  clusters,
  viewer,
  children,
}: {
  clusters: ClusterCard[];
  viewer: Viewer;
  children: ReactNode;
}) {
  const { can, palette } = useStable(null, viewer.role);
  const cards = useCards(clusters, null);
  return (
    <Shell
      clusters={cards.map(toShell)}
      cluster={null}
      can={can}
      principal={viewer}
      onSignOut={() => void signOut()}
      palette={palette}
    >
      {children}
    </Shell>
  );
}

/** The frame around pages of one cluster: it follows the cluster's collector, and with it all that the pages show. */
export function ClusterConsole({
  clusters,
  cluster,
  viewer,
  everyMs,
  children,
}: {
  clusters: ClusterCard[];
  cluster: ClusterCard;
  viewer: Viewer;
  everyMs: number;
  children: ReactNode;
}) {
  const liveness = useLiveCluster(cluster.id, {
    sampledAt: cluster.asOf === null ? null : Date.parse(cluster.asOf),
    everyMs,
  });
  const { can, palette } = useStable(cluster.id, viewer.role);
  const cards = useCards(clusters, cluster.id);
  const card = cards.find((each) => each.id === cluster.id) ?? cluster;
  const trouble = useMemo(() => troubleOf(card), [card]);
  return (
    <Shell
      clusters={cards.map(toShell)}
      cluster={toShell(card)}
      trouble={trouble}
      can={can}
      liveness={liveness}
      principal={viewer}
      onSignOut={() => void signOut()}
      palette={palette}
    >
      {children}
    </Shell>
  );
}
