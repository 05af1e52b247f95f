'use client';

import dynamic from 'next/dynamic';
import { type ReactNode, useMemo, useState } from 'react';
import { type ChartRights, ChartRightsProvider, type Pinned } from '#components/charts/chart-acts.tsx';

const PinSheet = dynamic(() => import('./pin-sheet.tsx').then((module) => module.PinSheet), { ssr: false });

/** Gives the charts below what this person may do with them, and the sheet in which a board is chosen. */
export function ChartActs({
  may,
  children,
}: {
  may: { pin: boolean; alert: boolean; connect: boolean };
  children: ReactNode;
}) {
  const [pinned, setPinned] = useState<Pinned | null>(null);
  const { pin, alert, connect } = may;
  const rights = useMemo(
    (): ChartRights => ({ ...(pin ? { onPin: setPinned } : {}), mayAlert: alert, mayConnect: connect }),
    [pin, alert, connect],
  );
  return (
    <ChartRightsProvider value={rights}>
      {children}
      {pinned ? <PinSheet pinned={pinned} onClose={() => setPinned(null)} /> : null}
    </ChartRightsProvider>
  );
}
