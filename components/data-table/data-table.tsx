'use client';

import type { ColumnDef } from '@tanstack/react-table';
import {
  columnOrderingFeature,
  columnVisibilityFeature,
  rowSelectionFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import clsx from 'clsx';
import { parseAsArrayOf, parseAsString, useQueryState } from 'nuqs';
import type { ReactNode } from 'react';
import { useMemo, useRef, useState } from 'react';
import { PartialLine, StaleLine } from '#components/feedback/faces.tsx';
import { ProblemNotice } from '#components/feedback/problem-notice.tsx';
import type { MissingPart } from '#lib/model/listing.ts';
import type { Problem } from '#lib/model/problem.ts';
import { BulkBar } from './bulk-bar.tsx';
import type { Column, RowAction, Sort } from './column.ts';
import { arrangeColumns, isDescending, sortColumn } from './column.ts';
import { ColumnMenu } from './column-menu.tsx';
import { TableBones } from './table-bones.tsx';
import type { Paging } from './table-foot.tsx';
import { TableFoot } from './table-foot.tsx';
import { TableHead } from './table-head.tsx';
import { TableRows } from './table-rows.tsx';
import { useFittingColumns } from './use-fitting-columns.ts';
import { useRowKeys } from './use-row-keys.ts';

const features = tableFeatures({ columnVisibilityFeature, columnOrderingFeature, rowSelectionFeature });

export type DataTableProps<Row> = {
  /** What the table lists, for those who hear the page: `Topics on eu-prod-1`. */
  caption: string;
  columns: readonly Column<Row>[];
  /** Undefined while nothing has come yet. */
  rows: readonly Row[] | undefined;
  rowKey: (row: Row) => string;
  /** Name of a row in labels. */
  rowLabel: (row: Row) => string;
  density?: 'dense' | 'normal' | 'two';
  /** Heads stay below the bar. */
  isSticky?: boolean;

  sort?: Sort;
  onSort?: (sort: Sort) => void;
  paging?: Paging;
  footNote?: ReactNode;

  /** Enter on a row, besides the link in its first cell. */
  onOpen?: (row: Row) => void;
  /** Key of the row that is open in the sheet. */
  openKey?: string | null;
  actions?: (row: Row) => readonly RowAction[];
  /** Drawn below a row, over all columns. */
  detail?: (row: Row) => ReactNode;
  /** In grey: not answering, gone. */
  isGrey?: (row: Row) => boolean;

  /** Rows can be ticked; the bar shows these acts for the keys that are. */
  bulk?: {
    one: string;
    many: string;
    total: number;
    actions: (keys: string[], clear: () => void) => ReactNode;
  };

  /** Search, segments: at the left above the table. */
  tools?: ReactNode;
  /** A line of explanation between the tools and the table. */
  note?: ReactNode;
  hasColumnMenu?: boolean;

  /** What is said while the first rows are on their way. */
  loading?: string;
  /** Rows of another page or sort are on their way. */
  isBusy?: boolean;
  /** The face when there is nothing, or nothing that matches. */
  empty: ReactNode;
  problem?: Problem | null;
  onRetry?: () => void;
  missing?: readonly MissingPart[];
  stale?: { seenAt: string | number; onReconnect?: () => void } | null;
};

/** The one table of every list: six faces, keys, sort and page by the server, columns to choose. */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { columns, rows, rowKey, rowLabel, bulk, actions, problem } = props;
  const body = useRef<HTMLTableSectionElement>(null);
  const [menuKey, setMenuKey] = useState<string | null>(null);
  const [chosen, setChosen] = useQueryState('cols', parseAsArrayOf(parseAsString));
  const arranged = useMemo(
    () => arrangeColumns(columns, props.hasColumnMenu ? chosen : null),
    [columns, chosen, props.hasColumnMenu],
  );
  const definitions = useMemo<ColumnDef<typeof features, Row>[]>(
    () =>
      columns.map((column) => ({
        id: column.id,
        header: column.header,
        cell: ({ row }) => column.cell(row.original),
      })),
    [columns],
  );
  const shownIds = arranged.map((column) => column.id);
  const table = useTable<typeof features, Row>({
    features,
    columns: definitions,
    data: (rows ?? []) as Row[],
    getRowId: rowKey,
    enableRowSelection: bulk !== undefined,
    state: {
      columnOrder: shownIds,
      columnVisibility: Object.fromEntries(
        columns.map((column) => [column.id, shownIds.includes(column.id)]),
      ),
    },
  });
  const pickedKeys = Object.keys(table.state.rowSelection);
  const clearPicked = () => table.resetRowSelection(true);
  const rowOf = (key: string) => table.getRowModel().rows.find((row) => row.id === key);

  const closeMenu = (key: string) => {
    setMenuKey(null);
    // The button that opened it is drawn anew, so the focus goes to its row; a dialog that an act opens returns there too.
    body.current
      ?.querySelector<HTMLElement>(`tr[data-row="${CSS.escape(key)}"]`)
      ?.focus({ preventScroll: true });
  };

  useRowKeys(body, {
    open: (key) => {
      const row = rowOf(key);
      if (row && props.onOpen) props.onOpen(row.original);
      else body.current?.querySelector<HTMLElement>(`tr[data-row="${CSS.escape(key)}"] a[href]`)?.click();
    },
    select: bulk ? (key) => rowOf(key)?.toggleSelected() : undefined,
    menu: actions ? setMenuKey : undefined,
    clear: () => {
      if (pickedKeys.length === 0) return false;
      clearPicked();
      return true;
    },
  });

  const wrap = useFittingColumns(rows, arranged);
  const isLoading = rows === undefined && !problem;
  const isEmpty = rows !== undefined && rows.length === 0;
  const isStale = Boolean(props.stale || (problem && rows));
  const shownRows = table
    .getRowModel()
    .rows.map((row) => ({ id: row.id, original: row.original, isPicked: row.getIsSelected() }));
  const sorted = columns.find((column) => column.id === sortColumn(props.sort));

  return (
    <div>
      {props.tools || props.hasColumnMenu ? (
        <div className="tools">
          {props.tools}
          {props.hasColumnMenu ? (
            <span className="aside">
              <ColumnMenu columns={columns} shown={shownIds} onChange={(next) => void setChosen(next)} />
            </span>
          ) : null}
        </div>
      ) : null}
      {props.note}
      <PartialLine missing={props.missing ?? []} />
      {props.stale ? <StaleLine {...props.stale} /> : null}
      {problem && rows === undefined ? (
        <ProblemNotice problem={problem} onRetry={props.onRetry} />
      ) : isEmpty ? (
        props.empty
      ) : (
        <div className="tw" ref={wrap}>
          <table
            className={clsx(
              'dt two-line',
              props.density ?? 'dense',
              (props.isSticky ?? true) && 'sticky',
              isStale && 'grey',
              props.isBusy && 'busy',
            )}
            aria-busy={isLoading || props.isBusy || undefined}
            aria-rowcount={shownRows.length + 1}
          >
            <caption className="vh">
              {props.caption}
              {sorted
                ? `, sorted by ${sorted.header}, ${isDescending(props.sort) ? 'descending' : 'ascending'}`
                : ''}
            </caption>
            <TableHead
              columns={arranged}
              sort={props.sort}
              onSort={props.onSort}
              hasMenu={actions !== undefined}
              picked={
                bulk && {
                  isAll: table.getIsAllRowsSelected(),
                  isSome: table.getIsSomeRowsSelected(),
                  onToggleAll: () => table.toggleAllRowsSelected(),
                  label: `Select all ${bulk.many} on this page`,
                }
              }
            />
            {isLoading ? (
              <TableBones columns={arranged} hasPick={bulk !== undefined} hasMenu={actions !== undefined} />
            ) : (
              <TableRows
                body={body}
                columns={arranged}
                rows={shownRows}
                rowLabel={rowLabel}
                openKey={props.openKey}
                isGrey={props.isGrey}
                detail={props.detail}
                onPick={bulk ? (key, isPicked) => rowOf(key)?.toggleSelected(isPicked) : undefined}
                menu={
                  actions ? { actions, openKey: menuKey, onOpen: setMenuKey, onClose: closeMenu } : undefined
                }
              />
            )}
          </table>
        </div>
      )}
      {isLoading && props.loading ? (
        <p className="late px-2 py-2 text-xs text-ink-3" role="status">
          {props.loading}
        </p>
      ) : null}
      {bulk && pickedKeys.length > 0 ? <BulkBar {...bulk} keys={pickedKeys} onClear={clearPicked} /> : null}
      {props.paging && !isEmpty && !isLoading && rows ? (
        <TableFoot
          paging={props.paging}
          note={props.footNote}
          canSelect={bulk !== undefined}
          canOpen={props.onOpen !== undefined || columns.length > 0}
        />
      ) : null}
    </div>
  );
}
