'use client';

import clsx from 'clsx';
import { RowCheckbox } from '#components/ui/choice.tsx';
import type { Column, Sort } from './column.ts';
import { isDescending, nextSort, sortColumn } from './column.ts';

export const cellClass = <Row,>(column: Column<Row>, index: number): string =>
  clsx(
    column.align === 'right' && 'num',
    column.rank && `r${column.rank}`,
    column.isClipped && 'clip',
    index === 0 ? 'first' : index === 1 ? 'second' : !column.rank && 'rest',
    column.className,
  );

/** Heads of a list. The sorted one is told to those who hear the page, and drawn in ink with a triangle. */
export function TableHead<Row>({
  columns,
  sort,
  onSort,
  picked,
  hasMenu,
}: {
  columns: readonly Column<Row>[];
  sort?: Sort;
  onSort?: (sort: Sort) => void;
  picked?: { isAll: boolean; isSome: boolean; onToggleAll: () => void; label: string };
  hasMenu: boolean;
}) {
  return (
    <thead>
      <tr>
        {picked ? (
          <th className="pickcol" scope="col">
            <RowCheckbox
              label={picked.label}
              checked={picked.isAll}
              isSome={picked.isSome}
              onChange={picked.onToggleAll}
            />
          </th>
        ) : null}
        {columns.map((column, index) => {
          const isSorted = column.sort !== undefined && sortColumn(sort) === column.id;
          const { sort: first } = column;
          return (
            <th
              key={column.id}
              scope="col"
              className={cellClass(column, index) || undefined}
              style={column.width === undefined ? undefined : { width: column.width }}
              aria-sort={
                first ? (isSorted ? (isDescending(sort) ? 'descending' : 'ascending') : 'none') : undefined
              }
            >
              {first && onSort ? (
                <button type="button" onClick={() => onSort(nextSort(sort, column.id, first))}>
                  {column.header}
                  {isSorted ? (
                    <svg
                      className={isDescending(sort) ? 'dir' : 'dir up'}
                      viewBox="0 0 8 8"
                      aria-hidden="true"
                    >
                      <path d="M1 2.5H7L4 6.5Z" fill="currentColor" />
                    </svg>
                  ) : null}
                </button>
              ) : column.isHeadHidden ? (
                <span className="vh">{column.header}</span>
              ) : (
                column.header
              )}
            </th>
          );
        })}
        {hasMenu ? (
          <th className="morecol" scope="col">
            <span className="vh">Actions</span>
          </th>
        ) : null}
      </tr>
    </thead>
  );
}
