import { isCommonPassword } from './common-passwords.ts';

export const passwordMinLength = 12;
export const passwordMaxLength = 128;

/**
 * What is wrong with a password somebody wants to have, or null. Length is what counts (NIST SP 800-63B §5.1.1.2):
 * no rules about kinds of characters, but nothing that stands on every attacker's list, and nothing made of what
 * everybody knows about the person.
 */
export function passwordFault(password: string, about: readonly string[] = []): string | null {
  const length = [...password].length;
  if (length < passwordMinLength) return `Use at least ${passwordMinLength} characters; this has ${length}.`;
  if (password.length > passwordMaxLength) return `Use at most ${passwordMaxLength} characters.`;
  const folded = password.normalize('NFKC').toLowerCase();
  if (new Set(folded).size < 5) return 'This repeats too few characters. Use several words.';
  if (isRepetition(folded) || isSequence(folded)) return 'This is a simple pattern. Use several words.';
  if (isCommonPassword(folded))
    return 'This is one of the passwords that are tried first. Use several words.';
  const known = [...about.flatMap((text) => text.toLowerCase().split(/[\s@.]+/)), 'millrace', 'kafka'];
  const rest = known
    .filter((word) => word.length >= 3)
    .sort((a, b) => b.length - a.length)
    .reduce((left, word) => left.replaceAll(word, ''), folded);
  if (rest.length < 6) return 'This is made of your name, your e-mail or the name of the product.';
  return null;
}

/** `abcabcabcabc`: one piece of at most four characters over and over. */
const isRepetition = (text: string): boolean =>
  [1, 2, 3, 4].some(
    (size) =>
      text ===
      text
        .slice(0, size)
        .repeat(Math.ceil(text.length / size))
        .slice(0, text.length),
  );

const rows = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890123456789',
  'qwertyuiopasdfghjklzxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
];

/** A run along the alphabet, the digits or the keyboard, forwards or backwards, for all but three characters. */
function isSequence(text: string): boolean {
  const both = rows.flatMap((row) => [row, [...row].reverse().join('')]);
  let longest = 0;
  for (let from = 0; from < text.length; from += 1) {
    let to = from + 3;
    while (to <= text.length && both.some((row) => row.includes(text.slice(from, to)))) to += 1;
    longest = Math.max(longest, to - 1 - from);
  }
  return longest >= text.length - 3;
}
