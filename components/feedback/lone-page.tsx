import type { ReactNode } from 'react';
import { BrandMark } from '#components/ui/brand.tsx';

/** A page outside the frame: the mark, one sentence, what to do now. */
export function LonePage({
  title,
  children,
  actions,
}: {
  title: string;
  children: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <main className="mx-auto max-w-[560px] px-6 pt-[18vh]">
      <div className="flex items-center gap-2 text-[15px] font-semibold">
        <BrandMark size={20} /> Millrace
      </div>
      <div className="mt-4 border-t border-line-strong pt-4">
        <h1 className="text-lg font-semibold">{title}</h1>
        <div className="mt-1 text-ink-2">{children}</div>
        {actions ? <div className="mt-4 flex flex-wrap items-center gap-2">{actions}</div> : null}
      </div>
    </main>
  );
}
