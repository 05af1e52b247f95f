import type { ErrorCode, Facts } from './sentences.ts';

/**
 * The one error of the application. Gateways turn what the outside says into it; everything above
 * them carries it on. Anything else that is thrown is a defect of ours and is shown as `internal`.
 *
 * `facts` fill the sentence of the code and may be shown to the user and logged.
 * `fields` maps a path in the input to what is wrong with it.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly facts: Facts;
  readonly fields: Readonly<Record<string, string>> | undefined;

  constructor(
    code: ErrorCode,
    facts: Facts = {},
    options: { cause?: unknown; fields?: Readonly<Record<string, string>> } = {},
  ) {
    super(code, { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.facts = facts;
    this.fields = options.fields;
  }
}
