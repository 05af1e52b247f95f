'use client';

import { type ReactNode, useMemo } from 'react';
import { type ChartRights, ChartRightsProvider } from '#components/charts/chart-acts.tsx';

/** Gives the charts below what this person may do with them. */
export function ChartActs({
  may,
  children,
}: {
  may: { alert: boolean; connect: boolean };
  children: ReactNode;
}) {
  const { alert, connect } = may;
  const rights = useMemo((): ChartRights => ({ mayAlert: alert, mayConnect: connect }), [alert, connect]);
  return <ChartRightsProvider value={rights}>{children}</ChartRightsProvider>;
}
