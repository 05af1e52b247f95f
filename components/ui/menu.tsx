'use client';

import { Check } from 'lucide-react';
import * as DropdownMenu from 'radix-ui/dropdown-menu';
import type { ReactNode } from 'react';
import { Kbd } from './kbd.tsx';

/** A menu under its button. Content: `MenuItem`, `MenuCheck`, `MenuSeparator`, `MenuHeading`. */
export function Menu({
  trigger,
  children,
  align = 'end',
  open,
  onOpenChange,
  width,
}: {
  trigger: ReactNode;
  children: ReactNode;
  align?: 'start' | 'end';
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  width?: number;
}) {
  return (
    <DropdownMenu.Root open={open} onOpenChange={onOpenChange} modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className="menu"
          align={align}
          sideOffset={4}
          collisionPadding={8}
          style={width ? { width } : undefined}
          loop
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

export function MenuItem({
  onSelect,
  shortcut,
  isDanger,
  isDisabled,
  reason,
  children,
}: {
  onSelect: () => void;
  shortcut?: string;
  isDanger?: boolean;
  isDisabled?: boolean;
  /** Why it cannot be chosen now; stands below the words. */
  reason?: string;
  children: ReactNode;
}) {
  return (
    <DropdownMenu.Item className={isDanger ? 'it danger' : 'it'} disabled={isDisabled} onSelect={onSelect}>
      <span>
        {children}
        {reason ? <span className="two">{reason}</span> : null}
      </span>
      {shortcut ? <Kbd isHidden>{shortcut}</Kbd> : null}
    </DropdownMenu.Item>
  );
}

/** A link in a menu: give the link element as its only child, with the key inside it. */
export function MenuLink({ children }: { children: ReactNode }) {
  return (
    <DropdownMenu.Item className="it" asChild>
      {children}
    </DropdownMenu.Item>
  );
}

/** A choice that leaves the menu open. */
export function MenuCheck({
  isChecked,
  onChange,
  isDisabled,
  end,
  children,
}: {
  isChecked: boolean;
  onChange: (isChecked: boolean) => void;
  isDisabled?: boolean;
  end?: ReactNode;
  children: ReactNode;
}) {
  return (
    <DropdownMenu.CheckboxItem
      className="it"
      checked={isChecked}
      disabled={isDisabled}
      onCheckedChange={onChange}
      onSelect={(event) => event.preventDefault()}
    >
      <span className="lead">
        <span
          className="inline-flex size-[14px] items-center justify-center rounded-[3px] border border-control bg-surface data-[on=true]:border-water-solid data-[on=true]:bg-water-solid"
          data-on={isChecked}
        >
          {isChecked ? (
            <Check className="size-[11px] text-on-water" strokeWidth={3} aria-hidden="true" />
          ) : null}
        </span>
        {children}
      </span>
      {end}
    </DropdownMenu.CheckboxItem>
  );
}

export function MenuSeparator() {
  return <DropdownMenu.Separator className="sep" />;
}

export function MenuHeading({ children }: { children: ReactNode }) {
  return <DropdownMenu.Label className="hd">{children}</DropdownMenu.Label>;
}
