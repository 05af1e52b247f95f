'use client';

import { ChevronDown, ChevronUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { useKeys } from '#components/shell/use-keys.ts';
import { IconButton } from '#components/ui/button.tsx';
import { Sheet } from '#components/ui/dialog.tsx';

/** A row of a list in the sheet, while the list stays in use. `[` and `]` step to the row before and after. */
export function RowSheet({
  isOpen,
  onClose,
  title,
  description,
  onStep,
  actions,
  footer,
  children,
}: {
  isOpen: boolean;
  onClose: () => void;
  title: ReactNode;
  description?: ReactNode;
  /** Opens the row before (−1) or after (1); left out when the list has one row. */
  onStep?: (step: -1 | 1) => void;
  actions?: ReactNode;
  footer?: ReactNode;
  children: ReactNode;
}) {
  const step = (by: -1 | 1) => () => {
    onStep?.(by);
    return true;
  };
  const section = 'In the sheet';
  useKeys(
    [
      { keys: '[', label: 'Previous row', section, run: step(-1) },
      { keys: ']', label: 'Next row', section, run: step(1) },
    ],
    isOpen && onStep !== undefined,
  );
  return (
    <Sheet
      isOpen={isOpen}
      onClose={onClose}
      title={title}
      description={description}
      footer={footer}
      actions={
        <>
          {actions}
          {onStep ? (
            <>
              <IconButton label="Previous row" size="sm" variant="bare" onClick={step(-1)}>
                <ChevronUp className="ic" aria-hidden="true" />
              </IconButton>
              <IconButton label="Next row" size="sm" variant="bare" onClick={step(1)}>
                <ChevronDown className="ic" aria-hidden="true" />
              </IconButton>
            </>
          ) : null}
        </>
      }
    >
      {children}
    </Sheet>
  );
}
