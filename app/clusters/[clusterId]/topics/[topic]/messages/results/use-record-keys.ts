'use client';

import { useEffect, useRef } from 'react';
import { useKeys } from '#components/shell/use-keys.ts';
import type { MessageRow } from '#lib/model/message.ts';
import type { Place } from '../message-address.ts';
import { rowKeyOf } from './row-key.ts';

/** Keys of a list of records: the arrows open and close, Escape closes what is open. */
export function useRecordKeys(
  rows: readonly MessageRow[] | undefined,
  openKey: string | null,
  toggle: (row: MessageRow) => void,
  setPlace: (place: Place | null) => void,
): void {
  const onRow = (act: (row: MessageRow) => void) => () => {
    const key = document.activeElement?.closest<HTMLElement>('tr[data-row]')?.dataset.row;
    const row = rows?.find((each) => rowKeyOf(each) === key);
    if (row) act(row);
    return row !== undefined;
  };
  /** With a record open the next one opens; without, the keys of the list move to its row. */
  const step = (by: 1 | -1) => () => {
    if (openKey === null || !rows) return false;
    const at = rows.findIndex((row) => rowKeyOf(row) === openKey);
    const next = at < 0 ? undefined : rows[at + by];
    if (!next) return at >= 0;
    toggle(next);
    requestAnimationFrame(() => {
      const row = document.querySelector<HTMLElement>(`tr[data-row="${CSS.escape(rowKeyOf(next))}"]`);
      row?.focus({ preventScroll: true });
      row?.scrollIntoView({ block: 'nearest' });
    });
    return true;
  };
  useKeys([
    { keys: 'j', label: 'Next row', section: 'In a list', run: step(1) },
    { keys: 'k', label: 'Previous row', section: 'In a list', run: step(-1) },
    {
      keys: 'ArrowRight',
      label: 'Open the record',
      section: 'In messages',
      run: onRow((row) => {
        if (openKey !== rowKeyOf(row)) toggle(row);
      }),
    },
    {
      keys: 'ArrowLeft',
      label: 'Close the record',
      section: 'In messages',
      run: onRow((row) => {
        if (openKey === rowKeyOf(row)) setPlace(null);
      }),
    },
    {
      keys: 'Escape',
      label: 'Close, clear, stop',
      section: 'In a list',
      run: () => {
        if (openKey === null) return false;
        setPlace(null);
        return true;
      },
    },
  ]);
}

/** Who follows a link to a record sees that record first. */
export function useScrollToLinked(openKey: string | null): void {
  const linked = useRef(openKey);
  useEffect(() => {
    if (linked.current === null) return;
    document
      .querySelector(`tr[data-row="${CSS.escape(linked.current)}"]`)
      ?.scrollIntoView({ block: 'center' });
    linked.current = null;
  }, []);
}
