/**
 * A failure that a person can do something about. The message is one whole sentence (or two: what happened, what to do);
 * every program of this folder prints it alone, without a stack, and exits 1.
 */
export class PlatformProblem extends Error {
  override name = 'PlatformProblem';
}

/** Prints the sentence of a known failure, or the whole stack of a bug of ours, and ends the process with 1. */
export function failWith(error: unknown): never {
  if (error instanceof PlatformProblem) process.stderr.write(`\n✗ ${error.message}\n`);
  else
    process.stderr.write(`\n✗ ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
}
