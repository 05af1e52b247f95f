import { closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { bracketMatching, HighlightStyle, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { setDiagnostics } from '@codemirror/lint';
import { Annotation, Compartment, EditorState } from '@codemirror/state';
import { drawSelection, EditorView, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { editorTheme, pageNonce } from './editor-theme.ts';

/** Something at a place of the text, in UTF-16 units, `[from, to)`. */
export type TextMark = { from: number; to: number; message: string };

export type TextView = {
  setText: (text: string) => void;
  setMarks: (marks: readonly TextMark[]) => void;
  setAttributes: (attributes: Readonly<Record<string, string>>) => void;
  focus: (at?: number) => void;
  destroy: () => void;
};

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--color-water)' },
  { tag: tags.string, color: 'var(--color-good)' },
  { tag: tags.number, color: 'var(--color-warning)' },
  { tag: [tags.bool, tags.null], fontWeight: '600' },
  { tag: [tags.separator, tags.squareBracket, tags.brace], color: 'var(--color-ink-3)' },
]);

const gutterTheme = EditorView.theme({
  '.cm-scroller': { fontSize: '12px', lineHeight: '18px' },
  '.cm-content': { padding: '6px 0' },
  '.cm-line': { padding: '0 10px 0 6px' },
  '.cm-gutters': {
    background: 'transparent',
    color: 'var(--color-ink-3)',
    border: '0',
    fontFamily: 'var(--font-mono)',
  },
  '.cm-lineNumbers .cm-gutterElement': { padding: '0 4px 0 8px', minWidth: '28px' },
});

const fromOutside = Annotation.define<boolean>();

/** An editor of a whole text in `parent`. Tab leaves it, as every field. */
export function createTextView(
  parent: HTMLElement,
  options: { text: string; language: 'json' | 'text'; isReadOnly: boolean; hasLineNumbers: boolean },
  onText: (text: string) => void,
): TextView {
  const attributes = new Compartment();
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: options.text,
      extensions: [
        EditorView.cspNonce.of(pageNonce()),
        EditorState.tabSize.of(2),
        indentUnit.of('  '),
        ...(options.isReadOnly ? [EditorState.readOnly.of(true)] : [history(), closeBrackets()]),
        ...(options.hasLineNumbers ? [lineNumbers()] : []),
        ...(options.language === 'json' ? [json(), syntaxHighlighting(colours)] : []),
        drawSelection(),
        bracketMatching(),
        EditorView.lineWrapping,
        keymap.of([
          ...closeBracketsKeymap,
          ...historyKeymap,
          // What sends a form is not ours.
          ...defaultKeymap.filter(({ key }) => key !== 'Mod-Enter'),
        ]),
        editorTheme,
        gutterTheme,
        attributes.of([]),
        EditorView.updateListener.of((update) => {
          const isOurs = update.transactions.some((transaction) => transaction.annotation(fromOutside));
          if (update.docChanged && !isOurs) onText(update.state.doc.toString());
        }),
      ],
    }),
  });
  return {
    setText: (text) => {
      const { doc } = view.state;
      if (doc.toString() === text) return;
      view.dispatch({
        changes: { from: 0, to: doc.length, insert: text },
        annotations: fromOutside.of(true),
      });
    },
    setMarks: (marks) => {
      const { length } = view.state.doc;
      const within = (at: number) => Math.max(0, Math.min(at, length));
      view.dispatch(
        setDiagnostics(
          view.state,
          marks.map(({ from, to, message }) => ({
            from: within(from),
            to: within(Math.max(from, to)),
            severity: 'error' as const,
            message,
          })),
        ),
      );
    },
    setAttributes: (next) =>
      view.dispatch({ effects: attributes.reconfigure(EditorView.contentAttributes.of({ ...next })) }),
    focus: (at) => {
      view.focus();
      if (at !== undefined) view.dispatch({ selection: { anchor: Math.min(at, view.state.doc.length) } });
    },
    destroy: () => view.destroy(),
  };
}
