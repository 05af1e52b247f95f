'use client';

import type { RefObject } from 'react';
import { useLayoutEffect, useRef } from 'react';

/** Hides columns by rank, as many ranks as it takes for the table to fit into its box. Below the phone's width rows are laid out otherwise. */
function dropRanks(box: HTMLElement): void {
  const table = box.querySelector('table');
  if (!table || window.innerWidth <= 720) return;
  for (const level of ['0', '1', '2', '3']) {
    table.dataset.fit = level;
    if (table.scrollWidth <= box.clientWidth) return;
  }
}

/**
 * Keeps a table inside its box: the widths at which ranks go are a guess that holds before the page runs, this measures. Measures again when
 * the box, the rows or the columns change.
 */
export function useFittingColumns(rows: unknown, columns: unknown): RefObject<HTMLDivElement | null> {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    void rows;
    void columns;
    const element = box.current;
    if (!element) return;
    dropRanks(element);
    let width = element.clientWidth;
    const observer = new ResizeObserver(() => {
      if (element.clientWidth === width) return;
      width = element.clientWidth;
      dropRanks(element);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [rows, columns]);
  return box;
}
