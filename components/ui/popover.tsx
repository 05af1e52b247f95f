'use client';

import * as Radix from 'radix-ui/popover';
import type { ReactNode } from 'react';

/** A small panel with controls under its button. Focus goes in with it and returns on close; Esc closes. */
export function Popover({
  trigger,
  label,
  isOpen,
  onOpen,
  align = 'start',
  width = 300,
  children,
}: {
  trigger: ReactNode;
  /** What the panel is for, for those who do not see where it stands. */
  label: string;
  isOpen: boolean;
  onOpen: (isOpen: boolean) => void;
  align?: 'start' | 'end';
  width?: number;
  children: ReactNode;
}) {
  return (
    <Radix.Root open={isOpen} onOpenChange={onOpen}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          className="menu pop"
          aria-label={label}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          style={{ width }}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
