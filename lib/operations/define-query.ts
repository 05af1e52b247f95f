import type { z } from 'zod';
import type { Permission } from '#lib/model/permission.ts';
import type { Context } from './context.ts';
import type { RateClass } from './rate.ts';
import type { Target } from './target.ts';

/**
 * A verb that only reads. It is a page's data, and the same thing as a GET under `/api/v1`.
 * Forgetting a permission, schema or target does not compile.
 */
export type QueryDefinition<I extends z.ZodType, O extends z.ZodType> = {
  /** `noun.verb`, such as `topic.list`. */
  name: `${string}.${string}`;
  /** One sentence for the API description. */
  summary: string;
  /** Path below `/api/v1`, with parameters as `[name]`, as the route's folder is called. */
  path: `/${string}`;
  permission: Permission;
  input: I;
  output: O;
  target: (input: z.output<I>) => Target;
  /** How often it may be asked; `read` unless said otherwise. */
  rate?: RateClass;
  /** For reads of message content: what the audit keeps of it. Never the content itself (R15); null when none was read. */
  audited?: (input: z.output<I>, output: z.output<O>) => Record<string, unknown> | null;
  run: (context: Context, input: z.output<I>) => Promise<z.output<O>>;
};

export type Query<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> = QueryDefinition<
  I,
  O
> & {
  kind: 'query';
};

/** A query over schemas that are not known at the place: what lists and registries of queries hold. */
// biome-ignore lint/suspicious/noExplicitAny: a query is contravariant in its input; `any` is the only type all of them share
export type AnyQuery = Query<any, any>;

export const defineQuery = <I extends z.ZodType, O extends z.ZodType>(
  definition: QueryDefinition<I, O>,
): Query<I, O> => ({
  ...definition,
  kind: 'query',
});
