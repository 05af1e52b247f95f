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

/** A stream that was refused, as by too many open tabs, is asked for again after this. */
const askAgainMs = 15_000;

/**
 * Follows a cluster's collector over server-sent events. Every sample refreshes what open pages show of the
 * cluster. While connected the server counts this browser as a watcher and samples at full pace; a hidden
 * tab lets go, because a browser has few connections to one server.
 */
export function useLiveCluster(clusterId: string, initial: Tick): Liveness {
  const queryClient = useQueryClient();
  const [state, setState] = useState<Liveness>({ ...initial, isConnected: false });
  useEffect(() => {
    let source: EventSource | null = null;
    let retry: ReturnType<typeof setTimeout> | undefined;
    const open = () => {
      clearTimeout(retry);
      if (source || document.hidden) return;
      source = new EventSource(`/api/v1/clusters/${encodeURIComponent(clusterId)}/live`);
      source.addEventListener('sample', (event) => {
        setState({ ...(JSON.parse((event as MessageEvent<string>).data) as Tick), isConnected: true });
        void queryClient.invalidateQueries({ queryKey: keys.cluster(clusterId) });
      });
      source.onopen = () => setState((before) => ({ ...before, isConnected: true }));
      source.onerror = () => {
        setState((before) => ({ ...before, isConnected: false }));
        if (source?.readyState !== EventSource.CLOSED) return;
        close();
        retry = setTimeout(open, askAgainMs);
      };
    };
    const close = () => {
      clearTimeout(retry);
      source?.close();
      source = null;
    };
    const onVisibility = () => (document.hidden ? close() : open());
    document.addEventListener('visibilitychange', onVisibility);
    open();
    return () => {
      document.removeEventListener('visibilitychange', onVisibility);
      close();
    };
  }, [clusterId, queryClient]);
  return state;
}
