import type { ReactNode } from 'react';

/** A column of a list. Its `id` is also the word by which the server sorts. */
export type Column<Row> = {
  /** Letters only; unique in the table. */
  id: string;
  header: string;
  /** Where rows are laid out in two lines, this stands before the value instead of the head. */
  label?: string;
  cell: (row: Row) => ReactNode;
  /** Numbers stand right. */
  align?: 'left' | 'right';
  /** Can be sorted; the direction that the first press gives (numbers of trouble: `desc`). */
  sort?: 'asc' | 'desc';
  /** Which columns go first when room is short: 3 below 1380 px, 2 below 1100, 1 below 720. None: always there. */
  rank?: 1 | 2 | 3;
  /** Cannot be hidden by the person. The first column never can. */
  isFixed?: boolean;
  /** Not shown until chosen in the column menu. */
  isOptional?: boolean;
  /** Takes what room is left and clips. */
  isClipped?: boolean;
  width?: number | string;
  /** The head is only for those who hear the page. */
  isHeadHidden?: boolean;
  className?: string;
};

/** One act on a row: a link, or a plan that opens. */
export type RowAction =
  | { label: string; href: string; shortcut?: string; isDanger?: false }
  | {
      label: string;
      onSelect: () => void;
      shortcut?: string;
      isDanger?: boolean;
      isDisabled?: boolean;
      /** Why it cannot be done now. */
      reason?: string;
    }
  | 'separator';

/** Sort as the address has it: `column` upwards, `-column` downwards. */
export type Sort = string;

export const sortColumn = (sort: Sort | undefined): string => (sort ?? '').replace(/^-/, '');
export const isDescending = (sort: Sort | undefined): boolean => (sort ?? '').startsWith('-');

/** The sort after a press on the head of `column`. */
export function nextSort(current: Sort | undefined, column: string, first: 'asc' | 'desc'): Sort {
  if (sortColumn(current) !== column) return first === 'desc' ? `-${column}` : column;
  return isDescending(current) ? column : `-${column}`;
}

/** Columns in the order and choice of `chosen` (`name,size`), or as they come. Fixed ones are never lost. */
export function arrangeColumns<Row>(
  columns: readonly Column<Row>[],
  chosen: readonly string[] | null,
): Column<Row>[] {
  const isFixed = (column: Column<Row>, index: number) => index === 0 || column.isFixed === true;
  if (chosen === null) return columns.filter((column, index) => isFixed(column, index) || !column.isOptional);
  const first = columns.filter((column, index) => isFixed(column, index) && !chosen.includes(column.id));
  const rest = chosen.flatMap((id) => columns.find((column) => column.id === id) ?? []);
  return [...first, ...rest];
}

/** `1–50 of 214`. */
export function pageRange(
  page: number,
  pageSize: number,
  total: number,
): { from: number; to: number; pages: number } {
  const pages = Math.max(1, Math.ceil(total / pageSize));
  const at = Math.min(Math.max(1, page), pages);
  return { from: total === 0 ? 0 : (at - 1) * pageSize + 1, to: Math.min(total, at * pageSize), pages };
}
