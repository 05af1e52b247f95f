'use client';

import { useEffect } from 'react';
import { Toaster as Sonner, toast } from 'sonner';
import { Mark } from './mark.tsx';
import type { Toast } from './toasts.tsx';

function present({ outcome = 'good', title, children, action }: Toast): void {
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

/** Draws toasts: bottom right, for six seconds. Takes those that wait, then says where to bring the next. */
export function ToastHost({ onReady }: { onReady: (present: (toast: Toast) => void) => void }) {
  useEffect(() => {
    onReady(present);
  }, [onReady]);
  return <Sonner position="bottom-right" duration={6000} visibleToasts={3} gap={8} offset={16} />;
}
