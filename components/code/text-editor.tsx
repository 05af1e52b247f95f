'use client';

import { useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { TextMark, TextView } from './text-view.ts';
import { ToldTexts } from './told-texts.ts';

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
  const host = useRef<HTMLDivElement>(null);
  const plain = useRef<HTMLTextAreaElement>(null);
  const view = useRef<TextView>(null);
  const told = useRef(new ToldTexts());
  const [isReady, setReady] = useState(false);
  const latest = useRef({ value, onChange });
  useEffect(() => {
    latest.current = { value, onChange };
  });
  useEffect(() => {
    let isGone = false;
    const load = async () => {
      const { createTextView } = await import('./text-view.ts');
      const parent = host.current;
      if (isGone || !parent) return;
      const field = plain.current;
      const hadFocus = field !== null && document.activeElement === field;
      const caret = field?.selectionStart;
      view.current = createTextView(
        parent,
        { text: field?.value ?? latest.current.value, language, isReadOnly, hasLineNumbers },
        (text) => {
          told.current.tell(text);
          latest.current.onChange?.(text);
        },
      );
      // At once, so that no key falls between the area that goes and the editor that comes.
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
  }, [language, isReadOnly, hasLineNumbers]);
  useEffect(() => {
    if (isReady && !told.current.isEcho(value)) view.current?.setText(value);
  }, [value, isReady]);
  useEffect(() => {
    if (isReady) view.current?.setMarks(marks);
  }, [marks, isReady]);
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
  }, [label, id, isInvalid, isReadOnly, describedBy, isReady]);
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
