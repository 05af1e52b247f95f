'use client';

import { useWindowVirtualizer } from '@tanstack/react-virtual';
import type { RefObject } from 'react';
import { useLayoutEffect, useState } from 'react';

/** From here on only the rows near the window are in the page. */
const drawnWhole = 200;
/** Rows beyond the window that are drawn all the same: keys move into them, fast scrolling shows no hole. */
const overscan = 16;
const guessHeight = 29;

export type RowWindow = {
  /** Indexes of the rows that are drawn, `[first, end)`. */
  first: number;
  end: number;
  /** Height of what is not drawn above and below, in px. */
  above: number;
  below: number;
};

/**
 * Which rows of a long list are in the page. All of them up to 200; beyond that those near the window, with room left for the others.
 * Rows are taken as of one height, as the first one is; the row that is open has its detail added.
 */
export function useRowWindow(
  body: RefObject<HTMLTableSectionElement | null>,
  count: number,
  openIndex: number,
): RowWindow {
  const isLong = count > drawnWhole;
  const [size, setSize] = useState({ row: guessHeight, detail: 0, top: 0 });
  useLayoutEffect(() => {
    const element = body.current;
    if (!element || !isLong) return;
    const measure = () => {
      const row = element.querySelector<HTMLElement>('tr[data-row]')?.offsetHeight ?? guessHeight;
      const detail = element.querySelector<HTMLElement>('tr.detail')?.offsetHeight ?? 0;
      const top = element.getBoundingClientRect().top + window.scrollY;
      setSize((was) =>
        was.row === row && was.detail === detail && was.top === top ? was : { row, detail, top },
      );
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [body, isLong]);
  const virtualizer = useWindowVirtualizer({
    count,
    enabled: isLong,
    overscan,
    scrollMargin: size.top,
    estimateSize: (index) => size.row + (index === openIndex ? size.detail : 0),
  });
  useLayoutEffect(() => {
    void size;
    void openIndex;
    if (isLong) virtualizer.measure();
  }, [virtualizer, isLong, size, openIndex]);
  if (!isLong) return { first: 0, end: count, above: 0, below: 0 };
  const items = virtualizer.getVirtualItems();
  const head = items[0];
  const tail = items.at(-1);
  if (!head || !tail) {
    const end = Math.min(count, drawnWhole);
    return { first: 0, end, above: 0, below: (count - end) * size.row };
  }
  return {
    first: head.index,
    end: tail.index + 1,
    above: head.start - size.top,
    below: virtualizer.getTotalSize() + size.top - tail.end,
  };
}
