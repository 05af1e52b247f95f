'use client';

import dynamic from 'next/dynamic';
import { usePathname } from 'next/navigation';
import * as Radix from 'radix-ui/dialog';
import type { ReactNode } from 'react';
import { useEffect, useMemo, useState } from 'react';
import { EnvBand } from '#components/ui/environment.tsx';
import type { Liveness } from '#lib/client/use-live-cluster.ts';
import type { ClusterTrouble, ShellCluster } from './nav.ts';
import { navOf } from './nav.ts';
import type { PaletteSource } from './palette-items.ts';
import { PaletteStandIn } from './palette-stand-in.tsx';
import { Rail } from './rail.tsx';
import { ShellContext } from './shell-context.tsx';
import { alertTrouble, useAlertCounts } from './use-alert-counts.ts';
import { usePageKeys } from './use-page-keys.ts';
import type { UserMenuProps } from './user-menu.tsx';

const CommandPalette = dynamic(
  () => import('./command-palette.tsx').then((module) => module.CommandPalette),
  { ssr: false, loading: PaletteStandIn },
);
const KeysDialog = dynamic(() => import('./keys-dialog.tsx').then((module) => module.KeysDialog), {
  ssr: false,
});

export type ShellProps = UserMenuProps & {
  clusters: readonly ShellCluster[];
  /** The cluster that the page is of, or none. */
  cluster: ShellCluster | null;
  trouble?: ClusterTrouble;
  can: { audit: boolean };
  /** How fresh the cluster's picture is: from `useLiveCluster`. */
  liveness?: Liveness | null;
  /** What the palette finds and runs; without it there is no palette. */
  palette?: PaletteSource;
  children: ReactNode;
};

/** The frame of every page: environment band, rail, keys, palette. Pages draw their own bar by `Page`. */
export function Shell({
  clusters,
  cluster,
  trouble = {},
  can,
  liveness = null,
  palette,
  children,
  ...user
}: ShellProps) {
  const [open, setOpen] = useState<'navigation' | 'palette' | 'keys' | null>(null);
  const pathname = usePathname();
  const clusterId = cluster?.id ?? null;
  const clusterName = cluster?.name ?? '';
  const alerts = useAlertCounts();
  const sections = useMemo(
    () => navOf(clusterId, { ...trouble, alerts: alertTrouble(alerts) }, can),
    [clusterId, trouble, can, alerts],
  );
  const controls = useMemo(
    () => ({
      openNavigation: () => setOpen('navigation'),
      openPalette: () => setOpen('palette'),
      openKeys: () => setOpen('keys'),
      liveness,
      cluster: clusterId === null ? null : { id: clusterId, name: clusterName },
    }),
    [liveness, clusterId, clusterName],
  );
  const close = () => setOpen(null);
  usePageKeys(sections, { palette: palette ? controls.openPalette : null, keys: controls.openKeys });
  useEffect(() => {
    // Another page: what was laid over the one before goes.
    void pathname;
    setOpen(null);
  }, [pathname]);

  const rail = (
    <Rail
      clusters={clusters}
      cluster={cluster}
      sections={sections}
      hasPalette={palette !== undefined}
      {...user}
    />
  );
  return (
    <ShellContext value={controls}>
      <a className="skip" href="#main">
        Skip to content
      </a>
      {cluster ? (
        <div className="shell-band">
          <EnvBand environment={cluster.environment} />
        </div>
      ) : null}
      <div className="shell">
        <aside className="rail" aria-label="Navigation">
          <div className="rail-in">{rail}</div>
        </aside>
        {children}
      </div>
      <Radix.Root
        open={open === 'navigation'}
        onOpenChange={(isOpen) => setOpen(isOpen ? 'navigation' : null)}
      >
        <Radix.Portal>
          <Radix.Overlay className="scrim" />
          <Radix.Content className="drawer" data-modal="" aria-describedby={undefined}>
            <Radix.Title className="vh">Navigation</Radix.Title>
            <div className="flex min-h-full flex-col">{rail}</div>
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
      {open === 'palette' && palette ? (
        <CommandPalette source={palette} cluster={cluster} onClose={close} />
      ) : null}
      {open === 'keys' ? <KeysDialog isOpen onClose={close} /> : null}
    </ShellContext>
  );
}
