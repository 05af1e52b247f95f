'use client';

import type { RefObject } from 'react';
import { useKeys } from '#components/shell/use-keys.ts';

const rowsOf = (body: HTMLElement | null): HTMLElement[] => [
  ...(body?.querySelectorAll<HTMLElement>('tr[data-row]') ?? []),
];

/** The row that has the focus, or holds what has it. */
const currentRow = (body: HTMLElement | null): HTMLElement | null => {
  const row = document.activeElement?.closest<HTMLElement>('tr[data-row]');
  return row && body?.contains(row) ? row : null;
};

/**
 * Keys of the rows of a table: `j` `k` and arrows move, Enter opens, `x` selects, `.` opens the row's actions, Escape clears the selection.
 * The focus is the browser's own, so nothing is drawn again when it moves.
 */
export function useRowKeys(
  body: RefObject<HTMLElement | null>,
  on: {
    open?: (key: string) => void;
    select?: (key: string) => void;
    menu?: (key: string) => void;
    /** Answers whether there was something to clear. */
    clear?: () => boolean;
  },
): void {
  const move = (step: 1 | -1, isArrow: boolean): boolean => {
    const rows = rowsOf(body.current);
    const row = currentRow(body.current);
    if (!row && (isArrow || document.activeElement?.closest('tr[data-row]'))) return false;
    const at = row ? rows.indexOf(row) + step : step === 1 ? 0 : rows.length - 1;
    const next = rows[Math.min(rows.length - 1, Math.max(0, at))];
    if (!next) return false;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: 'nearest' });
    return true;
  };
  const withRow = (act: ((key: string) => void) | undefined, onlyRow = false): boolean => {
    const row = currentRow(body.current);
    if (!row || !act || (onlyRow && document.activeElement !== row)) return false;
    act(row.dataset.row ?? '');
    return true;
  };
  const section = 'In a list';
  useKeys([
    { keys: 'j', label: 'Next row', section, run: () => move(1, false) },
    { keys: 'k', label: 'Previous row', section, run: () => move(-1, false) },
    { keys: 'ArrowDown', label: 'Next row', section, run: () => move(1, true) },
    { keys: 'ArrowUp', label: 'Previous row', section, run: () => move(-1, true) },
    { keys: 'Enter', label: 'Open row', section, run: () => withRow(on.open, true) },
    { keys: 'x', label: 'Select row', section, run: () => withRow(on.select) },
    { keys: '.', label: 'Row actions', section, run: () => withRow(on.menu) },
    { keys: 'Escape', label: 'Close, clear, stop', section, run: () => on.clear?.() ?? false },
  ]);
}
