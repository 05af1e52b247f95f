'use client';

import type { ReactNode } from 'react';
import { createContext, useContext, useEffect, useMemo, useState, useSyncExternalStore } from 'react';

/** One clock for the page: every age on it moves in the same second, with one timer. */
const listeners = new Set<() => void>();
let nowMs = 0;
let timer: ReturnType<typeof setInterval> | null = null;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === null) {
    nowMs = Date.now();
    timer = setInterval(() => {
      if (document.hidden) return;
      nowMs = Date.now();
      for (const each of listeners) each();
    }, 1000);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0 && timer !== null) {
      clearInterval(timer);
      timer = null;
    }
  };
}

type ClockValue = { zone: string; serverNow: number };

const ClockContext = createContext<ClockValue>({ zone: 'UTC', serverNow: 0 });

/**
 * Gives the page its one time zone and the moment it was made. `zone` comes from the cookie; when the browser's
 * zone turns out to be another, the page follows it.
 */
export function ClockProvider({ zone, serverNow, children }: ClockValue & { children: ReactNode }) {
  const [actual, setActual] = useState(zone);
  useEffect(() => {
    setActual(Intl.DateTimeFormat().resolvedOptions().timeZone || zone);
  }, [zone]);
  const value = useMemo(() => ({ zone: actual, serverNow }), [actual, serverNow]);
  return <ClockContext value={value}>{children}</ClockContext>;
}

/** IANA name of the zone in which this page writes its times. */
export function useZone(): string {
  return useContext(ClockContext).zone;
}

/** Now, in epoch ms, each second. While the page is being made it is the server's moment, so that both write the same. */
export function useNow(): number {
  const { serverNow } = useContext(ClockContext);
  return useSyncExternalStore(
    subscribe,
    () => nowMs || serverNow,
    () => serverNow,
  );
}
