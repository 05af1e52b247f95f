'use client';

import { createContext, useContext } from 'react';
import type { Liveness } from '#lib/client/use-live-cluster.ts';

/** What pages may ask of the frame around them. */
export type ShellControls = {
  openNavigation: () => void;
  openPalette: () => void;
  openKeys: () => void;
  /** How fresh the cluster's picture is; null where no cluster is chosen. */
  liveness: Liveness | null;
  cluster: { id: string; name: string } | null;
};

const nothing = () => {};

export const ShellContext = createContext<ShellControls>({
  openNavigation: nothing,
  openPalette: nothing,
  openKeys: nothing,
  liveness: null,
  cluster: null,
});

export const useShell = (): ShellControls => useContext(ShellContext);
