import type { z } from 'zod';
import { AppError } from '#lib/errors/app-error.ts';

/**
 * Parses input by its schema.
 * @throws AppError `input.invalid` with one sentence for each field that was not accepted.
 */
export function parseInput<I extends z.ZodType>(schema: I, raw: unknown): z.output<I> {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const fields: Record<string, string> = {};
  for (const issue of parsed.error.issues) {
    const names = issue.code === 'unrecognized_keys' ? issue.keys : [''];
    for (const name of names) {
      const path = [...issue.path.map(String), name].filter(Boolean).join('.') || 'input';
      fields[path.slice(0, 200)] ??=
        issue.code === 'unrecognized_keys' ? 'This field is not known.' : `${issue.message.slice(0, 300)}`;
    }
  }
  throw new AppError('input.invalid', {}, { fields });
}
