'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { ChartCursorProvider } from '#components/charts/cursor.tsx';
import { Toaster } from '#components/ui/toasts.tsx';
import { TooltipProvider } from '#components/ui/tooltip.tsx';
import { ClockProvider } from '#components/values/clock.tsx';

/** What every page stands in: the query cache, state in the address, the one clock and zone, tips, toasts. */
export function Providers({
  zone,
  serverNow,
  children,
}: {
  zone: string;
  serverNow: number;
  children: ReactNode;
}) {
  const [queryClient] = useState(
    () => new QueryClient({ defaultOptions: { queries: { refetchOnWindowFocus: true, retry: false } } }),
  );
  return (
    <QueryClientProvider client={queryClient}>
      <NuqsAdapter>
        <ClockProvider zone={zone} serverNow={serverNow}>
          <TooltipProvider>
            <ChartCursorProvider>{children}</ChartCursorProvider>
          </TooltipProvider>
          <Toaster />
        </ClockProvider>
      </NuqsAdapter>
    </QueryClientProvider>
  );
}
