'use client';

import dynamic from 'next/dynamic';
import type { ReactNode } from 'react';
import { useCallback, useEffect, useState } from 'react';

const ToastHost = dynamic(() => import('./toast-host.tsx').then((module) => module.ToastHost), {
  ssr: false,
});

export type Toast = {
  /** `unknown` is the third outcome: the request left and no answer came. */
  outcome?: 'good' | 'unknown';
  title: string;
  children?: ReactNode;
  action?: { label: string; onSelect: () => void };
};

const waiting: Toast[] = [];
let present: ((toast: Toast) => void) | null = null;
let wake: (() => void) | null = null;

/** Says what happened when the control that did it is gone. Problems are never toasts: they stay where they happened. */
export function showToast(toast: Toast): void {
  if (present) {
    present(toast);
    return;
  }
  waiting.push(toast);
  wake?.();
}

/** Where toasts appear, once per page. What draws them is fetched with the first. */
export function Toaster() {
  const [isNeeded, setNeeded] = useState(false);
  useEffect(() => {
    wake = () => setNeeded(true);
    if (waiting.length > 0) setNeeded(true);
    return () => {
      wake = null;
      present = null;
    };
  }, []);
  const onReady = useCallback((ready: (toast: Toast) => void) => {
    present = ready;
    for (const toast of waiting.splice(0)) ready(toast);
  }, []);
  return isNeeded ? <ToastHost onReady={onReady} /> : null;
}
