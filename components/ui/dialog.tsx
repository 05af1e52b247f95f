'use client';

import { X } from 'lucide-react';
import * as Radix from 'radix-ui/dialog';
import type { ReactNode } from 'react';
import { IconButton } from './button.tsx';
import type { EnvironmentName } from './environment.tsx';
import { EnvBand, EnvChip } from './environment.tsx';
import { ScrollBody } from './scroll-body.tsx';

type Common = {
  isOpen: boolean;
  onClose: () => void;
  title: ReactNode;
  /** One sentence below the title. */
  description?: ReactNode;
  /** Given for whatever writes to a cluster: its edge and chip. */
  environment?: EnvironmentName;
  footer?: ReactNode;
  children?: ReactNode;
};

const onOpenChange = (onClose: () => void) => (open: boolean) => {
  if (!open) onClose();
};

/** Asks for a confirmation or for one field. Focus is kept inside and returns on close. */
export function Dialog({
  isOpen,
  onClose,
  title,
  description,
  environment,
  footer,
  children,
  isWide,
}: Common & { isWide?: boolean }) {
  return (
    <Radix.Root open={isOpen} onOpenChange={onOpenChange(onClose)}>
      <Radix.Portal>
        <Radix.Overlay className="scrim" />
        <Radix.Content
          className={isWide ? 'dialog wide' : 'dialog'}
          data-modal=""
          {...(description ? {} : { 'aria-describedby': undefined })}
        >
          {environment ? <EnvBand environment={environment} /> : null}
          <header>
            <Radix.Title>{title}</Radix.Title>
            {environment ? <EnvChip environment={environment} /> : null}
          </header>
          <ScrollBody>
            {description ? <Radix.Description className="text-ink-2">{description}</Radix.Description> : null}
            {children}
          </ScrollBody>
          {footer ? <footer>{footer}</footer> : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** The sheet at the right: looks at one row (520) while the list stays in use, or plans about it (600). */
export function Sheet({
  isOpen,
  onClose,
  title,
  description,
  environment,
  footer,
  children,
  kind = 'look',
  actions,
}: Common & { kind?: 'look' | 'plan'; actions?: ReactNode }) {
  const isPlan = kind === 'plan';
  return (
    <Radix.Root open={isOpen} onOpenChange={onOpenChange(onClose)} modal={isPlan}>
      <Radix.Portal>
        {isPlan ? <Radix.Overlay className="scrim" style={{ zIndex: 'var(--z-sheet)' }} /> : null}
        <Radix.Content
          className={isPlan ? 'sheet plan' : 'sheet'}
          {...(isPlan ? { 'data-modal': '' } : { 'data-sheet': '' })}
          {...(description ? {} : { 'aria-describedby': undefined })}
          onInteractOutside={isPlan ? undefined : (event) => event.preventDefault()}
        >
          {isPlan && environment ? <EnvBand environment={environment} /> : null}
          <header>
            <div className="top">
              <Radix.Title>{title}</Radix.Title>
              <span className="flex items-center gap-2">
                {environment ? <EnvChip environment={environment} /> : null}
                {actions}
                <Radix.Close asChild>
                  <IconButton label="Close" size="sm" variant="bare">
                    <X className="ic lg text-ink-2" aria-hidden="true" />
                  </IconButton>
                </Radix.Close>
              </span>
            </div>
            {description ? <Radix.Description className="text-ink-2">{description}</Radix.Description> : null}
          </header>
          <ScrollBody>{children}</ScrollBody>
          {footer ? <footer>{footer}</footer> : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
