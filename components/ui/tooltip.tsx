'use client';

import * as Radix from 'radix-ui/tooltip';
import type { ReactNode } from 'react';

/** Once around the page: tips then follow each other without a new wait. */
export function TooltipProvider({ children }: { children: ReactNode }) {
  return (
    <Radix.Provider delayDuration={350} skipDelayDuration={200}>
      {children}
    </Radix.Provider>
  );
}

/** Explains what it is laid over, on hover and on focus. Never holds what one must know. */
export function Tooltip({
  tip,
  children,
  side = 'bottom',
}: {
  tip: ReactNode;
  children: ReactNode;
  side?: 'top' | 'bottom' | 'left' | 'right';
}) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className="tip" side={side} sideOffset={5} collisionPadding={8}>
          {tip}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** A word of Kafka with its explanation: dotted below, reached by Tab. */
export function Term({ tip, children }: { tip: ReactNode; children: ReactNode }) {
  return (
    <Tooltip tip={tip}>
      <button
        type="button"
        className="cursor-help underline decoration-ink-4 decoration-dotted underline-offset-3"
      >
        {children}
      </button>
    </Tooltip>
  );
}
