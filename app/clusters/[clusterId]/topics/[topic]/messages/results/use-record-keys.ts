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
  useKeys([
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
