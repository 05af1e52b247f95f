'use client';

import { useEffect, useRef } from 'react';
import type { KeyBinding } from './keys.ts';
import { addKeys } from './keys.ts';

/**
 * Adds keys while the component is on the screen. The bindings may be new at each render; their keys and words are taken from the first,
 * until `signature` changes.
 */
export function useKeys(bindings: readonly KeyBinding[], isOn = true, signature = ''): void {
  const latest = useRef(bindings);
  useEffect(() => {
    latest.current = bindings;
  });
  useEffect(() => {
    // A new signature means other keys, so they are taken again.
    void signature;
    if (!isOn) return;
    return addKeys(
      latest.current.map((binding, index) => ({
        ...binding,
        run: (event) => latest.current[index]?.run(event) ?? undefined,
      })),
    );
  }, [isOn, signature]);
}
