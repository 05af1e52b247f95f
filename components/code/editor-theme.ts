import { EditorView } from '@codemirror/view';

/** The nonce that this page's styles must carry; the browser hides it from attributes, not from its own elements. */
export const pageNonce = (): string =>
  document.querySelector<HTMLElement>('script[nonce], style[nonce]')?.nonce ?? '';

/** The look of every editor: only tokens, so that light and dark need no second one. */
export const editorTheme = EditorView.theme({
  '&': { color: 'var(--color-ink)', backgroundColor: 'transparent' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': {
    fontFamily: 'var(--font-mono)',
    fontSize: '13px',
    lineHeight: '20px',
    fontVariantLigatures: 'none',
  },
  '.cm-content': { padding: '0', caretColor: 'var(--color-ink)' },
  '.cm-line': { padding: '0' },
  '.cm-cursor, .cm-dropCursor': { borderLeftColor: 'var(--color-ink)', borderLeftWidth: '1.5px' },
  '.cm-placeholder': { color: 'var(--color-ink-3)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    background: 'var(--color-selected)',
  },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': {
    backgroundColor: 'var(--color-water-wash)',
    color: 'inherit',
  },
  '.cm-nonmatchingBracket, &.cm-focused .cm-nonmatchingBracket': {
    backgroundColor: 'var(--color-critical-wash)',
  },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--color-critical-solid)',
    textDecorationSkipInk: 'none',
    textUnderlineOffset: '3px',
  },
  '.cm-lintPoint-error:after': { borderBottomColor: 'var(--color-critical-solid)' },
  '.cm-tooltip': {
    background: 'var(--color-raised)',
    border: '1px solid var(--color-line-strong)',
    borderRadius: 'var(--radius-md)',
    boxShadow: 'var(--shadow-float)',
    overflow: 'hidden',
    zIndex: 'var(--z-palette)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    fontFamily: 'var(--font-mono)',
    fontSize: '12px',
    lineHeight: '18px',
    minWidth: '260px',
    maxWidth: 'min(560px, 90vw)',
    maxHeight: '246px',
    padding: '4px',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': {
    display: 'flex',
    alignItems: 'baseline',
    gap: '12px',
    minHeight: '24px',
    padding: '3px 8px',
    borderRadius: '3px',
    color: 'var(--color-ink)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    background: 'var(--color-selected)',
    color: 'var(--color-ink)',
  },
  '.cm-completionLabel': { flex: '1 1 auto', overflow: 'hidden', textOverflow: 'ellipsis' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '600' },
  '.cm-completionDetail': {
    fontFamily: 'var(--font-sans)',
    fontStyle: 'normal',
    color: 'var(--color-ink-3)',
    margin: '0',
  },
  '.cm-tooltip.cm-completionInfo': {
    fontFamily: 'var(--font-sans)',
    fontSize: '12px',
    lineHeight: '16px',
    padding: '6px 10px',
    maxWidth: '320px',
    color: 'var(--color-ink-2)',
  },
  '.cm-diagnostic': { borderLeft: '0', padding: '5px 9px', fontSize: '12px', lineHeight: '16px' },
});
