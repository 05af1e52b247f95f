import type { z } from 'zod';
import type { Permission } from '#lib/model/permission.ts';
import type { Context } from './context.ts';
import type { Target } from './target.ts';

/**
 * The first half of a change that is shown before it is made: says what would happen and gives a digest of
 * what it saw. It changes nothing, so the audit keeps only refusals. The command that follows takes the digest
 * and refuses when the world moved.
 */
export type PlanDefinition<I extends z.ZodType, R> = {
  /** The command it is the plan of, with `.plan` behind it, such as `topic.delete.plan`. */
  name: `${string}.${string}.plan`;
  permission: Permission;
  input: I;
  target: (input: z.output<I>) => Target;
  run: (context: Context, input: z.output<I>) => Promise<R>;
};

export type Plan<I extends z.ZodType = z.ZodType, R = unknown> = PlanDefinition<I, R> & { kind: 'plan' };

/** A plan over schemas that are not known at the place: what lists and registries of plans hold. */
// biome-ignore lint/suspicious/noExplicitAny: a plan is contravariant in its input; `any` is the only type all of them share
export type AnyPlan = Plan<any, any>;

export const definePlan = <I extends z.ZodType, R>(definition: PlanDefinition<I, R>): Plan<I, R> => ({
  ...definition,
  kind: 'plan',
});
