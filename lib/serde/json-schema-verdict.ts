import type { ValidateFunction } from 'ajv';
import type { RegistrySchema } from '#lib/model/registry-schema.ts';
import { compileJsonSchema } from './encode/json-schema-check.ts';

/** Above that a check would take longer than it is worth. */
const CHECKED_BYTES = 256 * 1024;

export type Checker = ValidateFunction | { problem: string };

/** A schema made ready to check by; a clause when it cannot be used. */
export function checkerOf({ text, references }: RegistrySchema): Checker {
  try {
    return compileJsonSchema(text, references);
  } catch (error) {
    const clause = error instanceof Error ? `: ${error.message}` : '';
    return { problem: `The JSON schema cannot be used${clause}.` };
  }
}

/** One sentence on whether JSON is what its schema says. It is told beside the value and never keeps it from being shown. */
export function verdictOf(checker: Checker, json: Buffer): string {
  if ('problem' in checker) return `Not checked: ${checker.problem}`;
  if (json.length > CHECKED_BYTES) return `Not checked against it above ${CHECKED_BYTES / 1024} KB.`;
  try {
    if (checker(JSON.parse(json.toString('utf8')))) return 'Valid by it.';
    const [first, ...others] = checker.errors ?? [];
    const where = first?.instancePath ? `${first.instancePath} ` : '';
    const more = others.length > 0 ? ` (and ${others.length} more)` : '';
    return `Not valid by it: ${where}${first?.message ?? 'it does not fit'}${more}.`;
  } catch {
    return 'Not checked: the schema could not be applied.';
  }
}
