import type { z } from 'zod';
import { recordDenied } from '#lib/audit/record.ts';
import { AppError } from '#lib/errors/app-error.ts';
import { allows, type Permission } from '#lib/model/permission.ts';
import type { Context } from './context.ts';
import { parseInput } from './parse-input.ts';
import { type RateClass, takeToken } from './rate.ts';
import type { Target } from './target.ts';

/** What the way in needs to know of a verb. */
export type Entry<I extends z.ZodType> = {
  name: string;
  permission: Permission;
  input: I;
  target: (input: z.output<I>) => Target;
};

/**
 * The way in of every verb: rate → parse → authorise. Whoever may not is refused in the same words whether the input is right or
 * not, and the refusal is written to the audit; input that cannot be read costs a token as well.
 * @returns the parsed input
 * @throws AppError `rate.limited`, `auth.forbidden`, `input.invalid`
 */
export async function admit<I extends z.ZodType>(
  context: Context,
  verb: Entry<I>,
  raw: unknown,
  rate: RateClass,
): Promise<z.output<I>> {
  const { role, userId, via } = context.principal;
  // All tokens of a person share one bucket: more of them are not more requests. The person's sessions have another,
  // so that a script does not shut its owner out of the pages.
  takeToken(`${via}:${userId}`, rate);
  const isAllowed = allows(role, verb.permission);
  let input: z.output<I>;
  try {
    input = parseInput(verb.input, raw);
  } catch (error) {
    if (!isAllowed) await deny(context, verb, { type: 'application', id: 'unreadable', clusterId: null });
    throw error;
  }
  if (!isAllowed) await deny(context, verb, verb.target(input));
  return input;
}

async function deny<I extends z.ZodType>(context: Context, verb: Entry<I>, target: Target): Promise<never> {
  const { role } = context.principal;
  await recordDenied(context, verb.name, target, verb.permission);
  throw new AppError('auth.forbidden', { role, permission: verb.permission });
}
