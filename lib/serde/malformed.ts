/**
 * Thrown inside a decoder and caught at its edge. Not an Error: bytes that do not fit are common in a search, and a stack trace for
 * each costs more than the decoding.
 */
export class Malformed {
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}

/** Why decoding ended: our own words, or that the nesting overflowed the stack. Anything else is a defect and is thrown on. */
export function reasonOf(error: unknown): string {
  if (error instanceof Malformed) return error.reason;
  if (error instanceof RangeError) return 'nested too deeply';
  throw error;
}

/** What nests deeper is refused: whatever draws or copies a tree recursively would fail on it. */
export const MAX_DEPTH = 200;
