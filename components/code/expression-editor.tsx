'use client';

import type { KeyboardEvent, Ref } from 'react';
import { useEffect, useImperativeHandle, useLayoutEffect, useRef } from 'react';
import type { ExpressionProblem } from '#lib/model/message-filter.ts';
import type { ExpressionView } from './expression-view.ts';
import type { Suggestion } from './suggestions.ts';
import { useLateEditor } from './use-late-editor.ts';

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
  const latest = useRef({ value, onText, onRun, onEscape, suggestions });
  useEffect(() => {
    latest.current = { value, onText, onRun, onEscape, suggestions };
  });
  const { host, plain, view, isReady } = useLateEditor<ExpressionView, HTMLInputElement>(
    value,
    onText,
    'expression',
    async () => {
      const { createExpressionView } = await import('./expression-view.ts');
      return (parent, text, tell) =>
        createExpressionView(
          parent,
          { label, placeholder, isSearchTarget, text },
          {
            onText: tell,
            onRun: () => latest.current.onRun(),
            onEscape: () => latest.current.onEscape(),
            suggestions: () => latest.current.suggestions,
          },
        );
    },
  );
  // What was typed before the page had come to life stands in the field, and nowhere else.
  useLayoutEffect(() => {
    const typed = plain.current?.value ?? '';
    if (typed !== '' && typed !== latest.current.value) latest.current.onText(typed);
  }, [plain]);
  useEffect(() => {
    if (isReady) view.current?.setProblem(problem, describedBy);
  }, [problem, describedBy, isReady, view]);
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
