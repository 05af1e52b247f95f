import { matchesPieces } from './mask-path.ts';

/**
 * Reads a pattern of names once: names with `*` for any letters, separated by commas, such as `shop.*, audit`. What it gives tells
 * whether a name is meant; letters count as they are written. Linear: no pattern can make it slow.
 */
export function compileNames(pattern: string): (name: string) => boolean {
  const each = pattern
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .map((one) => one.split(/\*+/));
  return (name) => each.some((pieces) => matchesPieces(pieces, name));
}

/** Whether a name is meant by a pattern. */
export const matchesNames = (pattern: string, name: string): boolean => compileNames(pattern)(name);
