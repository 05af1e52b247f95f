'use client';

import { Check, Copy } from 'lucide-react';
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { Button, IconButton } from './button.tsx';

/** Copies `text`. The icon turns to a tick and the change is announced; if the browser refuses, it says so. */
export function CopyButton({ text, label, children }: { text: string; label: string; children?: ReactNode }) {
  const [outcome, setOutcome] = useState<'none' | 'copied' | 'refused'>('none');
  useEffect(() => {
    if (outcome === 'none') return;
    const timer = setTimeout(() => setOutcome('none'), 2000);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = () => {
    const write = navigator.clipboard?.writeText(text) ?? Promise.reject(new Error('no clipboard'));
    write.then(
      () => setOutcome('copied'),
      () => setOutcome('refused'),
    );
  };
  const icon =
    outcome === 'copied' ? (
      <Check className="ic text-good" aria-hidden="true" />
    ) : (
      <Copy className="ic" aria-hidden="true" />
    );
  const said = outcome === 'copied' ? 'Copied' : outcome === 'refused' ? 'The browser refused to copy' : '';
  return (
    <>
      {children ? (
        <Button size="sm" onClick={copy}>
          {icon} {outcome === 'refused' ? said : children}
        </Button>
      ) : (
        <IconButton label={outcome === 'refused' ? said : label} size="sm" variant="bare" onClick={copy}>
          {icon}
        </IconButton>
      )}
      <span className="vh" role="status">
        {said}
      </span>
    </>
  );
}
