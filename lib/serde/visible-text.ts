/**
 * Characters that cannot be seen or that change how their neighbours are drawn: controls except tab and line ends, bidi
 * marks, embeddings, overrides and isolates, zero-width space, word joiner, soft hyphen, byte order mark, annotation and tag
 * characters. The zero-width (non-)joiners stay: scripts and emoji need them.
 */
const unseen =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/** More marks on one letter than any script has; a browser hangs when it has to stack thousands of them. */
const stackedMarks = /(\p{M}{24})(\p{M}+)/gu;

/**
 * The text with such characters written out: C0 controls as their pictures (␛), the others as ⟨U+202E⟩. Of marks stacked on one letter
 * the first are kept and the rest is counted.
 */
export function visibleText(text: string): string {
  return text.replace(stackedMarks, stackedAsCount).replace(unseen, (character) => {
    const code = character.codePointAt(0) as number;
    if (code < 0x20) return String.fromCodePoint(0x2400 + code);
    if (code === 0x7f) return '\u2421';
    return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
  });
}

const stackedAsCount = (_run: string, kept: string, rest: string): string =>
  `${kept}⟨${[...rest].length.toLocaleString('en-US')} more marks⟩`;

/** Length of the longest prefix of valid UTF-8 `bytes` of at most `limitBytes` that does not end inside a character. */
export function utf8Cut(bytes: Buffer, limitBytes: number): number {
  if (bytes.length <= limitBytes) return bytes.length;
  let end = limitBytes;
  while (end > 0 && ((bytes[end] as number) & 0xc0) === 0x80) end--;
  return end;
}
