'use client';

import type { ReactNode } from 'react';
import { createContext, useContext, useState, useSyncExternalStore } from 'react';

/** The one moment that all charts of a page point at; null when the pointer is on none. */
class CursorStore {
  #at: number | null = null;
  readonly #listeners = new Set<() => void>();

  readonly get = (): number | null => this.#at;

  readonly set = (at: number | null): void => {
    if (this.#at === at) return;
    this.#at = at;
    for (const listener of this.#listeners) listener();
  };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

const CursorContext = createContext<CursorStore | null>(null);

/** Shares one cursor among the charts below it. */
export function ChartCursorProvider({ children }: { children: ReactNode }) {
  const [store] = useState(() => new CursorStore());
  return <CursorContext value={store}>{children}</CursorContext>;
}

const lonely = new CursorStore();

/** Moves the cursor without drawing the caller again. */
export function useSetCursor(): (at: number | null) => void {
  return (useContext(CursorContext) ?? lonely).set;
}

/** Where the cursor is, epoch ms. */
export function useCursor(): number | null {
  const store = useContext(CursorContext) ?? lonely;
  return useSyncExternalStore(store.subscribe, store.get, () => null);
}
