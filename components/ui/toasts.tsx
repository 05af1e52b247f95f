'use client';

import type { ReactNode } from 'react';
import { Toaster as Sonner, toast } from 'sonner';
import { Mark } from './mark.tsx';

/** Where toasts appear: bottom right, for six seconds. Once per page. */
export function Toaster() {
  return <Sonner position="bottom-right" duration={6000} visibleToasts={3} gap={8} offset={16} />;
}

/**
 * Says what happened when the control that did it is gone. Problems are never toasts: they stay where they happened.
 * `unknown` is the third outcome: the request left and no answer came.
 */
export function showToast({
  outcome = 'good',
  title,
  children,
  action,
}: {
  outcome?: 'good' | 'unknown';
  title: string;
  children?: ReactNode;
  action?: { label: string; onSelect: () => void };
}): void {
  toast.custom((id) => (
    <div className="toast">
      <Mark name={outcome} />
      <div className="min-w-0 grow">
        <b>{title}</b> {children}
      </div>
      {action ? (
        <button
          type="button"
          className="link"
          onClick={() => {
            action.onSelect();
            toast.dismiss(id);
          }}
        >
          {action.label}
        </button>
      ) : null}
    </div>
  ));
}
