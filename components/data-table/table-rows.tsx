'use client';

import type { ReactNode, RefObject } from 'react';
import { Fragment } from 'react';
import { RowCheckbox } from '#components/ui/choice.tsx';
import type { Column, RowAction } from './column.ts';
import { RowMenu } from './row-menu.tsx';
import { cellClass } from './table-head.tsx';
import { useRowWindow } from './use-row-window.ts';

export type TableRow<Row> = { id: string; original: Row; isPicked: boolean };

/** The rows of a list; of a long one only those near the window. */
export function TableRows<Row>({
  body,
  columns,
  rows,
  rowLabel,
  openKey,
  isGrey,
  detail,
  onPick,
  menu,
}: {
  body: RefObject<HTMLTableSectionElement | null>;
  columns: readonly Column<Row>[];
  rows: readonly TableRow<Row>[];
  rowLabel: (row: Row) => string;
  openKey: string | null | undefined;
  isGrey: ((row: Row) => boolean) | undefined;
  detail: ((row: Row) => ReactNode) | undefined;
  onPick: ((key: string, isPicked: boolean) => void) | undefined;
  menu:
    | {
        actions: (row: Row) => readonly RowAction[];
        openKey: string | null;
        onOpen: (key: string) => void;
        onClose: (key: string) => void;
      }
    | undefined;
}) {
  const span = columns.length + (onPick ? 1 : 0) + (menu ? 1 : 0);
  const openIndex = openKey ? rows.findIndex((row) => row.id === openKey) : -1;
  const near = useRowWindow(body, rows.length, openIndex);
  return (
    <tbody ref={body}>
      {near.above > 0 ? <Room height={near.above} span={span} /> : null}
      {rows.slice(near.first, near.end).map((row, index) => {
        const below = detail?.(row.original);
        return (
          <Fragment key={row.id}>
            <tr
              data-row={row.id}
              data-picked={row.isPicked || undefined}
              data-open={openKey === row.id || undefined}
              className={isGrey?.(row.original) ? 'grey' : undefined}
              aria-rowindex={near.end - near.first < rows.length ? near.first + index + 2 : undefined}
              tabIndex={index === 0 ? 0 : -1}
            >
              {onPick ? (
                <td className="pickcol">
                  <RowCheckbox
                    label={`Select ${rowLabel(row.original)}`}
                    checked={row.isPicked}
                    onChange={(event) => onPick(row.id, event.target.checked)}
                  />
                </td>
              ) : null}
              {columns.map((column, place) => {
                const isRest = place > 1 && !column.rank;
                return (
                  <td
                    key={column.id}
                    className={cellClass(column, place) || undefined}
                    data-head={isRest ? (column.label ?? column.header) : undefined}
                  >
                    {column.cell(row.original)}
                  </td>
                );
              })}
              {menu ? (
                <td className="morecol">
                  <RowMenu
                    actions={() => menu.actions(row.original)}
                    label={`Actions on ${rowLabel(row.original)}`}
                    isOpen={menu.openKey === row.id}
                    onOpen={() => menu.onOpen(row.id)}
                    onClose={() => menu.onClose(row.id)}
                  />
                </td>
              ) : null}
            </tr>
            {below ? (
              <tr className="detail">
                <td colSpan={span}>{below}</td>
              </tr>
            ) : null}
          </Fragment>
        );
      })}
      {near.below > 0 ? <Room height={near.below} span={span} /> : null}
    </tbody>
  );
}

/** Stands for the rows that are not drawn, as high as they are. */
const Room = ({ height, span }: { height: number; span: number }) => (
  <tr className="room">
    <td colSpan={span} style={{ height }} />
  </tr>
);
