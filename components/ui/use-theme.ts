'use client';

import { useSyncExternalStore } from 'react';
import { themeCookie } from './theme.ts';

/** What the person chose; `system` follows the machine. Kept for a year in the cookie `millrace-theme`. */
export type ThemeChoice = 'system' | 'light' | 'dark';

function readChoice(): ThemeChoice {
  const found = document.cookie.match(new RegExp(`(?:^|; )${themeCookie}=(light|dark)`));
  return (found?.[1] as ThemeChoice | undefined) ?? 'system';
}

function subscribe(onChange: () => void): () => void {
  document.addEventListener(themeCookie, onChange);
  return () => document.removeEventListener(themeCookie, onChange);
}

/** The chosen theme and the way to change it, at once and for all pages. */
export function useTheme(): [choice: ThemeChoice, choose: (choice: ThemeChoice) => void] {
  const choice = useSyncExternalStore(subscribe, readChoice, () => 'system' as const);
  const choose = (next: ThemeChoice) => {
    const age = next === 'system' ? 0 : 31_536_000;
    // biome-ignore lint/suspicious/noDocumentCookie: the cookie store is not in every browser that we serve
    document.cookie = `${themeCookie}=${next};path=/;max-age=${age};samesite=lax`;
    document.dispatchEvent(new Event(themeCookie));
  };
  return [choice, choose];
}
