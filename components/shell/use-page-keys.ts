'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import type { KeyBinding } from './keys.ts';
import { onKeyDown } from './keys.ts';
import type { NavSection } from './nav.ts';
import { useKeys } from './use-keys.ts';

function focusFirst(selector: string): boolean {
  const found = [...document.querySelectorAll<HTMLElement>(selector)].find(
    (each) => each.offsetParent !== null,
  );
  found?.focus();
  if (found instanceof HTMLInputElement) found.select();
  return found !== undefined;
}

/** Steps through the tabs of the page by pressing the neighbour of the current one. */
function stepTab(step: 1 | -1): boolean {
  const tabs = [...document.querySelectorAll<HTMLElement>('[data-tabs] > a')];
  const at = tabs.findIndex((tab) => tab.hasAttribute('aria-current'));
  const next = tabs[at + step];
  next?.click();
  return next !== undefined;
}

/** Keys of every page: find, search, all keys, ways to other pages, tabs, time range. */
export function usePageKeys(
  sections: readonly NavSection[],
  open: { palette: (() => void) | null; keys: () => void },
): void {
  const router = useRouter();
  useEffect(() => {
    document.addEventListener('keydown', onKeyDown);
    // The command key comes before the K: its palette can already be on its way.
    const prepare = (event: KeyboardEvent) => {
      if (event.key === 'Meta' || event.key === 'Control') void import('./command-palette.tsx');
    };
    document.addEventListener('keydown', prepare);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
      document.removeEventListener('keydown', prepare);
    };
  }, []);
  const everywhere = 'Everywhere';
  const done = (act: () => void) => () => {
    act();
    return true;
  };
  const bindings: KeyBinding[] = [
    ...(open.palette
      ? [{ keys: 'mod+k', label: 'Find or run', section: everywhere, run: done(open.palette) }]
      : []),
    {
      keys: '/',
      label: 'Search this list',
      section: everywhere,
      run: () => focusFirst('[data-list-search]'),
    },
    { keys: '?', label: 'All keys', section: everywhere, run: done(open.keys) },
    { keys: '[', label: 'Previous tab or row of the sheet', section: everywhere, run: () => stepTab(-1) },
    { keys: ']', label: 'Next tab or row of the sheet', section: everywhere, run: () => stepTab(1) },
    {
      keys: 't',
      label: 'Time range',
      section: everywhere,
      run: () => focusFirst('[data-time-range] [aria-pressed="true"], [data-time-range] button'),
    },
    ...sections.flatMap((section) =>
      section.items.flatMap((item) =>
        item.keys
          ? [
              {
                keys: item.keys,
                label: item.label,
                section: 'Go to',
                run: done(() => router.push(item.href)),
              },
            ]
          : [],
      ),
    ),
  ];
  const signature = sections.map((section) => section.items.map((item) => item.href).join()).join();
  useKeys(bindings, true, signature);
}
