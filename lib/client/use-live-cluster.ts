'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { keys } from './keys.ts';

/** How fresh the picture of a cluster is. */
export type Liveness = {
  /** When the newest sample was taken, epoch ms; null before the first. */
  sampledAt: number | null;
  /** Milliseconds between samples as the collector takes them now. */
  everyMs: number;
  isConnected: boolean;
};

type Tick = { sampledAt: number | null; everyMs: number };

/**
 * Follows a cluster's collector over server-sent events. Every sample refreshes what open pages show of
 * the cluster. While connected the server counts this browser as a watcher and samples at full pace.
 */
export function useLiveCluster(clusterId: string, initial: Tick): Liveness {
  const queryClient = useQueryClient();
  const [state, setState] = useState<Liveness>({ ...initial, isConnected: false });
  useEffect(() => {
    const source = new EventSource(`/api/v1/clusters/${encodeURIComponent(clusterId)}/live`);
    source.addEventListener('sample', (event) => {
      const tick = JSON.parse((event as MessageEvent<string>).data) as Tick;
      setState({ ...tick, isConnected: true });
      void queryClient.invalidateQueries({ queryKey: keys.cluster(clusterId) });
    });
    source.onopen = () => setState((before) => ({ ...before, isConnected: true }));
    source.onerror = () => setState((before) => ({ ...before, isConnected: false }));
    return () => source.close();
  }, [clusterId, queryClient]);
  return state;
}
