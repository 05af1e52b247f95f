import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
  startCompletion,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, insertNewline } from '@codemirror/commands';
import { bracketMatching } from '@codemirror/language';
import { setDiagnostics } from '@codemirror/lint';
import { Annotation, Compartment, EditorState, Prec } from '@codemirror/state';
import { drawSelection, EditorView, keymap, placeholder } from '@codemirror/view';
import type { ExpressionProblem } from '#lib/model/message-filter.ts';
import { editorTheme, pageNonce } from './editor-theme.ts';
import { expressionLanguage } from './expression-language.ts';
import { type Suggestion, suggestionsAt } from './suggestions.ts';

export type ExpressionView = {
  setText: (text: string) => void;
  setProblem: (problem: ExpressionProblem | null, describedBy: string | undefined) => void;
  focus: (at?: number) => void;
  insert: (text: string) => void;
  destroy: () => void;
};

export type ExpressionEvents = {
  onText: (text: string) => void;
  /** Enter, or the command key with it. */
  onRun: () => void;
  /** Escape with nothing left to close in the editor; `false` when it did nothing. */
  onEscape: () => boolean;
  suggestions: () => readonly Suggestion[];
};

const toCompletion = ({ label, kind, detail, info, text, caretBack }: Suggestion): Completion => ({
  label,
  type: kind,
  ...(detail ? { detail } : {}),
  ...(info ? { info } : {}),
  boost: { field: 3, root: 2, word: 0, method: 1, function: 0 }[kind],
  apply: (view, _completion, from, to) => {
    view.dispatch({
      changes: { from, to, insert: text },
      selection: { anchor: from + text.length - caretBack },
      userEvent: 'input.complete',
    });
    if (text.endsWith('.')) startCompletion(view);
  },
});

/** Text that is put in from outside is not told to the outside again. */
const fromOutside = Annotation.define<boolean>();

/** An editor of one expression in `parent`: one line that grows. */
export function createExpressionView(
  parent: HTMLElement,
  options: { text: string; label: string; placeholder: string; isSearchTarget: boolean },
  events: ExpressionEvents,
): ExpressionView {
  const attributes = new Compartment();
  const attributesOf = (problem: ExpressionProblem | null, describedBy: string | undefined) =>
    EditorView.contentAttributes.of({
      'aria-label': options.label,
      spellcheck: 'false',
      autocapitalize: 'off',
      ...(options.isSearchTarget ? { 'data-list-search': '' } : {}),
      ...(problem ? { 'aria-invalid': 'true' } : {}),
      ...(describedBy ? { 'aria-describedby': describedBy } : {}),
    });
  const complete = (context: CompletionContext): CompletionResult | null => {
    const found = suggestionsAt(
      context.state.doc.toString(),
      context.pos,
      events.suggestions(),
      context.explicit,
    );
    return (
      found && { from: found.from, options: found.suggestions.map(toCompletion), validFor: /^[\w."[\]-]*$/ }
    );
  };
  const run = () => {
    events.onRun();
    return true;
  };
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: options.text,
      extensions: [
        EditorView.cspNonce.of(pageNonce()),
        history(),
        drawSelection(),
        closeBrackets(),
        bracketMatching(),
        EditorView.lineWrapping,
        placeholder(options.placeholder),
        autocompletion({ override: [complete], icons: false, maxRenderedOptions: 60 }),
        keymap.of([...completionKeymap, ...closeBracketsKeymap]),
        Prec.high(keymap.of([{ key: 'Mod-Enter', run, preventDefault: true }])),
        keymap.of([
          { key: 'Enter', run, shift: insertNewline },
          {
            key: 'Escape',
            run: (own) => {
              if (!events.onEscape()) own.contentDOM.blur();
              return true;
            },
          },
          ...historyKeymap,
          ...defaultKeymap,
        ]),
        ...expressionLanguage,
        editorTheme,
        attributes.of(attributesOf(null, undefined)),
        EditorView.updateListener.of((update) => {
          const isOurs = update.transactions.some((transaction) => transaction.annotation(fromOutside));
          if (update.docChanged && !isOurs) events.onText(update.state.doc.toString());
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
    setProblem: (problem, describedBy) => {
      const { length } = view.state.doc;
      view.dispatch({ effects: attributes.reconfigure(attributesOf(problem, describedBy)) });
      view.dispatch(
        setDiagnostics(
          view.state,
          problem
            ? [
                {
                  from: Math.min(problem.from, length),
                  to: Math.min(Math.max(problem.to, problem.from), length),
                  severity: 'error',
                  message: problem.message,
                },
              ]
            : [],
        ),
      );
    },
    focus: (at) => {
      view.focus();
      if (at !== undefined) view.dispatch({ selection: { anchor: Math.min(at, view.state.doc.length) } });
    },
    insert: (text) => {
      view.dispatch(view.state.replaceSelection(text), { userEvent: 'input' });
      view.focus();
    },
    destroy: () => view.destroy(),
  };
}
