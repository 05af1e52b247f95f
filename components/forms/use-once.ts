'use client';

import { useCallback, useMemo, useRef } from 'react';
import type { Once } from '#lib/model/once.ts';

/**
 * Keys of requests that must be carried out once. The same input gets the same key until an answer came, so that sending
 * again after a lost answer does not do the thing twice; after an answer each attempt is a new one.
 */
export function useOnce(): { of: (input: unknown) => Once; answered: () => void } {
  const sent = useRef<{ text: string; once: Once } | null>(null);
  const of = useCallback((input: unknown): Once => {
    const text = JSON.stringify(input);
    if (sent.current?.text !== text) sent.current = { text, once: { requestId: crypto.randomUUID() } };
    return sent.current.once;
  }, []);
  const answered = useCallback(() => {
    sent.current = null;
  }, []);
  return useMemo(() => ({ of, answered }), [of, answered]);
}
