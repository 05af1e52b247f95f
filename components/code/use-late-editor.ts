'use client';

import { type RefObject, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { ToldTexts } from './told-texts.ts';

/** What an editor must be able to do to take the place of a plain field. */
type LateView = {
  setText: (text: string) => void;
  focus: (caret?: number) => void;
  destroy: () => void;
};

/** Makes the editor at its place with the text that stands in the plain field; `tell` hears what is typed in it. */
export type MakeView<V> = (parent: HTMLElement, text: string, tell: (text: string) => void) => V;

/**
 * A plain field until its editor has been loaded, then the editor, with the same text, focus and caret. `load` is asked again
 * when `kind` changes. No key falls between the field that goes and the editor that comes, and what the editor told is not
 * written back into it.
 */
export function useLateEditor<V extends LateView, F extends HTMLInputElement | HTMLTextAreaElement>(
  value: string,
  onText: (text: string) => void,
  kind: string,
  load: () => Promise<MakeView<V>>,
): {
  host: RefObject<HTMLDivElement | null>;
  plain: RefObject<F | null>;
  view: RefObject<V | null>;
  isReady: boolean;
} {
  const host = useRef<HTMLDivElement>(null);
  const plain = useRef<F>(null);
  const view = useRef<V>(null);
  const told = useRef(new ToldTexts());
  const [ready, setReady] = useState<string | null>(null);
  const latest = useRef({ value, onText, load });
  useEffect(() => {
    latest.current = { value, onText, load };
  });
  useEffect(() => {
    let isGone = false;
    const arrive = async () => {
      const make = await latest.current.load();
      const parent = host.current;
      if (isGone || !parent) return;
      const field = plain.current;
      const hadFocus = field !== null && document.activeElement === field;
      const caret = field?.selectionStart ?? undefined;
      view.current = make(parent, field?.value ?? latest.current.value, (text) => {
        told.current.tell(text);
        latest.current.onText(text);
      });
      flushSync(() => setReady(kind));
      if (hadFocus) view.current.focus(caret);
    };
    void arrive();
    return () => {
      isGone = true;
      view.current?.destroy();
      view.current = null;
      setReady(null);
    };
  }, [kind]);
  const isReady = ready !== null;
  useEffect(() => {
    if (isReady && !told.current.isEcho(value)) view.current?.setText(value);
  }, [value, isReady]);
  return { host, plain, view, isReady };
}
