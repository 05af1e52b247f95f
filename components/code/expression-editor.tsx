'use client';

import type { KeyboardEvent, Ref } from 'react';
import { useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { ExpressionProblem } from '#lib/model/message-filter.ts';
import type { ExpressionView } from './expression-view.ts';
import type { Suggestion } from './suggestions.ts';
import { ToldTexts } from './told-texts.ts';

export type ExpressionHandle = { focus: () => void; insert: (text: string) => void };

/**
 * One expression: a plain field until the editor has come, then one with colours, suggestions and marks, of the same size at the same
 * place. Enter runs it, Shift and Enter begins a new line, Tab leaves it.
 */
export function ExpressionEditor({
  id,
  label,
  value,
  placeholder = '',
  onText,
  onRun,
  onEscape,
  suggestions,
  problem,
  describedBy,
  isSearchTarget = false,
  ref,
}: {
  id: string;
  label: string;
  value: string;
  placeholder?: string;
  onText: (text: string) => void;
  onRun: () => void;
  /** Escape that closes nothing in the editor; `false` when there was nothing to do either. */
  onEscape: () => boolean;
  suggestions: readonly Suggestion[];
  problem: ExpressionProblem | null;
  /** Id of the sentence below it. */
  describedBy?: string | undefined;
  isSearchTarget?: boolean;
  ref?: Ref<ExpressionHandle>;
}) {
  const host = useRef<HTMLDivElement>(null);
  const plain = useRef<HTMLInputElement>(null);
  const view = useRef<ExpressionView>(null);
  const told = useRef(new ToldTexts());
  const [isReady, setReady] = useState(false);
  const latest = useRef({ value, onText, onRun, onEscape, suggestions });
  useEffect(() => {
    latest.current = { value, onText, onRun, onEscape, suggestions };
  });
  // What was typed before the page had come to life stands in the field, and nowhere else.
  useLayoutEffect(() => {
    const typed = plain.current?.value ?? '';
    if (typed !== '' && typed !== latest.current.value) latest.current.onText(typed);
  }, []);
  const fixed = useRef({ label, placeholder, isSearchTarget });

  useEffect(() => {
    let isGone = false;
    const load = async () => {
      const { createExpressionView } = await import('./expression-view.ts');
      const parent = host.current;
      if (isGone || !parent) return;
      const field = plain.current;
      const hadFocus = field !== null && document.activeElement === field;
      const caret = field?.selectionStart ?? undefined;
      view.current = createExpressionView(
        parent,
        { ...fixed.current, text: field?.value ?? latest.current.value },
        {
          onText: (text) => {
            told.current.tell(text);
            latest.current.onText(text);
          },
          onRun: () => latest.current.onRun(),
          onEscape: () => latest.current.onEscape(),
          suggestions: () => latest.current.suggestions,
        },
      );
      // At once, so that no key falls between the field that goes and the editor that comes.
      flushSync(() => setReady(true));
      if (hadFocus) view.current.focus(caret);
    };
    void load();
    return () => {
      isGone = true;
      view.current?.destroy();
      view.current = null;
      setReady(false);
    };
  }, []);
  useEffect(() => {
    if (isReady && !told.current.isEcho(value)) view.current?.setText(value);
  }, [value, isReady]);
  useEffect(() => {
    if (isReady) view.current?.setProblem(problem, describedBy);
  }, [problem, describedBy, isReady]);
  useImperativeHandle(ref, () => ({
    focus: () => (view.current ? view.current.focus() : plain.current?.focus()),
    insert: (text) => {
      if (view.current) view.current.insert(text);
      else onText(value + text);
    },
  }));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !onEscape()) plain.current?.blur();
  };
  return (
    <div className="expression">
      <div ref={host} hidden={!isReady} />
      {isReady ? null : (
        <input
          ref={plain}
          id={id}
          aria-label={label}
          value={value}
          placeholder={placeholder}
          onChange={(event) => onText(event.target.value)}
          onKeyDown={onKeyDown}
          autoComplete="off"
          spellCheck={false}
          data-list-search={isSearchTarget ? '' : undefined}
          aria-invalid={problem ? true : undefined}
          aria-describedby={describedBy}
        />
      )}
    </div>
  );
}
