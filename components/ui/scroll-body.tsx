'use client';

import type { ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';

/** What scrolls inside a dialog or a sheet. It can be reached by Tab only while there is something to scroll. */
export function ScrollBody({ children }: { children: ReactNode }) {
  const ref = useRef<HTMLDivElement>(null);
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const measure = () => setLong(element.scrollHeight > element.clientHeight + 1);
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    for (const child of element.children) observer.observe(child);
    return () => observer.disconnect();
  }, []);
  return (
    <div className="body" ref={ref} tabIndex={isLong ? 0 : undefined}>
      {children}
    </div>
  );
}
