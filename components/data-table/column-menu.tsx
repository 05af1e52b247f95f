'use client';

import { Columns3, GripVertical } from 'lucide-react';
import { useRef } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Menu, MenuCheck, MenuItem, MenuSeparator } from '#components/ui/menu.tsx';
import type { Column } from './column.ts';

/** Which columns, in which order: tick, drag (or Alt with the arrow keys), reset. */
export function ColumnMenu<Row>({
  columns,
  shown,
  onChange,
}: {
  columns: readonly Column<Row>[];
  /** Ids of the columns that are shown, in order. */
  shown: readonly string[];
  /** Null goes back to how the list comes. */
  onChange: (shown: string[] | null) => void;
}) {
  const dragged = useRef<string | null>(null);
  const move = (id: string, before: string) => {
    if (id === before) return;
    const without = shown.filter((each) => each !== id);
    const at = without.indexOf(before);
    if (at < 0) return;
    const isDown = shown.indexOf(id) < shown.indexOf(before);
    onChange([...without.slice(0, at + (isDown ? 1 : 0)), id, ...without.slice(at + (isDown ? 1 : 0))]);
  };
  const ordered = [
    ...shown.flatMap((id) => columns.find((column) => column.id === id) ?? []),
    ...columns.filter((column) => !shown.includes(column.id)),
  ];
  return (
    <Menu
      trigger={
        <Button size="sm">
          <Columns3 className="ic" aria-hidden="true" /> Columns
        </Button>
      }
      width={220}
    >
      {ordered.map((column) => {
        const isFixed = column === columns[0] || column.isFixed === true;
        const isShown = shown.includes(column.id);
        return (
          // biome-ignore lint/a11y/noStaticElementInteractions: dragging is beside the keys, which the item has
          <div
            key={column.id}
            draggable={isShown && column !== columns[0]}
            onDragStart={() => {
              dragged.current = column.id;
            }}
            onDragOver={(event) => event.preventDefault()}
            onDrop={() => {
              if (dragged.current && column !== columns[0]) move(dragged.current, column.id);
            }}
            onKeyDown={(event) => {
              if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
              event.preventDefault();
              event.stopPropagation();
              const neighbour = shown[shown.indexOf(column.id) + (event.key === 'ArrowUp' ? -1 : 1)];
              if (isShown && neighbour && neighbour !== columns[0]?.id && column !== columns[0])
                move(column.id, neighbour);
            }}
          >
            <MenuCheck
              isChecked={isShown}
              isDisabled={isFixed}
              onChange={(isOn) =>
                onChange(isOn ? [...shown, column.id] : shown.filter((each) => each !== column.id))
              }
              end={
                isShown && column !== columns[0] ? (
                  <GripVertical className="ic text-ink-3" aria-hidden="true" />
                ) : undefined
              }
            >
              {column.header}
            </MenuCheck>
          </div>
        );
      })}
      <MenuSeparator />
      <MenuItem onSelect={() => onChange(null)}>Reset columns</MenuItem>
    </Menu>
  );
}
