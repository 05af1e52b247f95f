import { describe, expect, it } from 'vitest';
import type { Column } from './column.ts';
import { arrangeColumns, nextSort, pageRange } from './column.ts';

const column = (id: string, more: Partial<Column<object>> = {}): Column<object> => ({
  id,
  header: id,
  cell: () => id,
  ...more,
});

describe('columns of a list', () => {
  const columns = [
    column('name'),
    column('state', { isFixed: true }),
    column('size'),
    column('logDir', { isOptional: true }),
  ];
  const ids = (chosen: string[] | null) => arrangeColumns(columns, chosen).map((each) => each.id);

  it('hides optional columns until they are chosen', () => {
    expect(ids(null)).toEqual(['name', 'state', 'size']);
    expect(ids(['name', 'state', 'logDir'])).toEqual(['name', 'state', 'logDir']);
  });
  it('never loses the name and fixed columns, whatever the address says', () => {
    expect(ids([])).toEqual(['name', 'state']);
    expect(ids(['size', 'nonsense'])).toEqual(['name', 'state', 'size']);
  });
  it('keeps the chosen order', () => {
    expect(ids(['name', 'size', 'state'])).toEqual(['name', 'size', 'state']);
  });
});

describe('sort', () => {
  it('starts in the direction of the column and then turns', () => {
    expect(nextSort(undefined, 'lag', 'desc')).toBe('-lag');
    expect(nextSort('-lag', 'lag', 'desc')).toBe('lag');
    expect(nextSort('lag', 'lag', 'desc')).toBe('-lag');
    expect(nextSort('-lag', 'name', 'asc')).toBe('name');
  });
});

describe('paging', () => {
  it('counts rows from one and never past the end', () => {
    expect(pageRange(1, 50, 214)).toEqual({ from: 1, to: 50, pages: 5 });
    expect(pageRange(5, 50, 214)).toEqual({ from: 201, to: 214, pages: 5 });
    expect(pageRange(9, 50, 214)).toEqual({ from: 201, to: 214, pages: 5 });
    expect(pageRange(1, 50, 0)).toEqual({ from: 0, to: 0, pages: 1 });
  });
});
