'use client';

import { useEffect } from 'react';
import type { TextMark, TextView } from './text-view.ts';
import { useLateEditor } from './use-late-editor.ts';

const LINE = 18;
const noMarks: readonly TextMark[] = [];

/**
 * A text of many lines with colours and marks where it is wrong: a plain area until the editor has come, then the editor, of the same
 * height at the same place. The sentences of the marks belong below it too; `describedBy` is their id.
 */
export function TextEditor({
  id,
  label,
  value,
  onChange,
  onBlur,
  language = 'json',
  marks = noMarks,
  minLines = 6,
  maxLines = 24,
  isReadOnly = false,
  isInvalid = marks.length > 0,
  hasLineNumbers = language === 'json',
  describedBy,
}: {
  id?: string;
  label: string;
  value: string;
  onChange?: (text: string) => void;
  onBlur?: () => void;
  language?: 'json' | 'text';
  marks?: readonly TextMark[];
  minLines?: number;
  maxLines?: number;
  isReadOnly?: boolean;
  isInvalid?: boolean;
  hasLineNumbers?: boolean;
  describedBy?: string | undefined;
}) {
  const { host, plain, view, isReady } = useLateEditor<TextView, HTMLTextAreaElement>(
    value,
    (text) => onChange?.(text),
    `${language} ${isReadOnly} ${hasLineNumbers}`,
    async () => {
      const { createTextView } = await import('./text-view.ts');
      return (parent, text, tell) =>
        createTextView(parent, { text, language, isReadOnly, hasLineNumbers }, tell);
    },
  );
  useEffect(() => {
    if (isReady) view.current?.setMarks(marks);
  }, [marks, isReady, view]);
  useEffect(() => {
    if (!isReady) return;
    view.current?.setAttributes({
      'aria-label': label,
      spellcheck: 'false',
      ...(id ? { id } : {}),
      ...(isInvalid ? { 'aria-invalid': 'true' } : {}),
      ...(isReadOnly ? { 'aria-readonly': 'true', tabindex: '0' } : {}),
      ...(describedBy ? { 'aria-describedby': describedBy } : {}),
    });
  }, [label, id, isInvalid, isReadOnly, describedBy, isReady, view]);
  const style = { minHeight: minLines * LINE + 14, maxHeight: maxLines * LINE + 14 };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears that the focus has left the field inside
    <div
      className="in-box area text-editor"
      style={style}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) onBlur?.();
      }}
    >
      <div ref={host} hidden={!isReady} />
      {isReady ? null : (
        <textarea
          ref={plain}
          id={id}
          aria-label={label}
          value={value}
          readOnly={isReadOnly}
          onChange={(event) => onChange?.(event.target.value)}
          spellCheck={false}
          aria-invalid={isInvalid ? true : undefined}
          aria-describedby={describedBy}
        />
      )}
    </div>
  );
}
