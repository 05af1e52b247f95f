import type { ReactNode } from 'react';
import { BrandMark } from '#components/ui/brand.tsx';

/** The frame of pages for people who are not signed in: the mark, a title, what it is about, one form. */
export function Entrance({
  title,
  children,
  foot,
}: {
  title: string;
  children: ReactNode;
  foot?: ReactNode;
}) {
  return (
    <main className="grid min-h-dvh place-items-center px-6 py-10">
      {/* A form that is sent before scripts run must say where it comes from; the tokens in these addresses stay on this server. */}
      <meta name="referrer" content="same-origin" />
      <div className="w-full max-w-[340px]">
        <p className="mb-6 flex items-center gap-2.5 text-lg font-semibold">
          <BrandMark size={28} />
          Millrace
        </p>
        <h1 className="border-b border-line-strong pb-1.5 text-lg font-semibold">{title}</h1>
        <div className="mt-4">{children}</div>
        {foot ? <p className="mt-6 text-xs text-ink-3">{foot}</p> : null}
      </div>
    </main>
  );
}
