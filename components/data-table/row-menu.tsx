'use client';

import Link from 'next/link';
import { Kbd } from '#components/ui/kbd.tsx';
import { Menu, MenuItem, MenuLink, MenuSeparator } from '#components/ui/menu.tsx';
import type { RowAction } from './column.ts';

/** Three dots, by reference: they stand in every row. */
const Dots = () => (
  <svg className="ic" aria-hidden="true">
    <use href="#i-more" />
  </svg>
);

/** The open menu of one row, under its button. */
function OpenRowMenu({
  actions,
  label,
  onClose,
}: {
  actions: readonly RowAction[];
  label: string;
  onClose: () => void;
}) {
  return (
    <Menu
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      trigger={
        <button type="button" className="btn sm sq more" aria-label={label}>
          <Dots />
        </button>
      }
    >
      {actions.map((action, index) => {
        // biome-ignore lint/suspicious/noArrayIndexKey: separators have no other identity
        if (action === 'separator') return <MenuSeparator key={index} />;
        if ('href' in action)
          return (
            <MenuLink key={action.label}>
              <Link href={action.href}>
                {action.label}
                {action.shortcut ? <Kbd isHidden>{action.shortcut}</Kbd> : null}
              </Link>
            </MenuLink>
          );
        return (
          <MenuItem
            key={action.label}
            onSelect={action.onSelect}
            shortcut={action.shortcut}
            isDanger={action.isDanger}
            isDisabled={action.isDisabled}
            reason={action.reason}
          >
            {action.label}
          </MenuItem>
        );
      })}
    </Menu>
  );
}

/** The `…` of a row. The menu itself is only made for the row that opens it. */
export function RowMenu({
  actions,
  label,
  isOpen,
  onOpen,
  onClose,
}: {
  actions: () => readonly RowAction[];
  label: string;
  isOpen: boolean;
  onOpen: () => void;
  onClose: () => void;
}) {
  if (isOpen) return <OpenRowMenu actions={actions()} label={label} onClose={onClose} />;
  return (
    <button
      type="button"
      className="btn sm sq more"
      aria-label={label}
      aria-haspopup="menu"
      data-row-menu=""
      tabIndex={-1}
      onClick={onOpen}
    >
      <Dots />
    </button>
  );
}
