import type { z } from 'zod';
import type { Permission } from '#lib/model/permission.ts';
import type { Context } from './context.ts';
import type { RateClass } from './rate.ts';
import type { Target } from './target.ts';

/** What `run` gets besides the input: the id under which the audit keeps this attempt. */
export type Attempt = { operationId: string };

/**
 * A verb that changes something. The corridor parses, authorises, begins the audit, acts and finishes
 * the audit around `run`; forgetting name, input, permission, target or secrets does not compile.
 */
export type CommandDefinition<I extends z.ZodType, R> = {
  /** Name in the audit, `noun.verb`, such as `topic.create`. */
  name: `${string}.${string}`;
  permission: Permission;
  /** Must be strict: unknown keys are refused. */
  input: I;
  target: (input: z.output<I>) => Target;
  /** Paths in the input that hold secrets or payloads, such as `connection.sasl.password`; `[]` when there are none. */
  secrets: readonly string[];
  /** True when it changes the cluster itself, so that the read-only switch refuses it. */
  changesCluster: boolean;
  rate?: RateClass;
  /** The answer holds what may be shown once only, such as a token: it is not kept for a repeated request. */
  isAnswerSecret?: true;
  /** Pages to draw anew after success. */
  revalidate?: (input: z.output<I>) => string[];
  /** What the audit keeps of the result, besides that it succeeded. Never a payload. */
  noted?: (value: R) => Record<string, unknown>;
  /** For what can be done in part: how a result that is no full success ended. Without it every result is one. */
  ended?: (value: R) => { outcome: 'failed' | 'unknown'; errorCode: string } | null;
  run: (context: Context, input: z.output<I>, attempt: Attempt) => Promise<R>;
};

export type Command<I extends z.ZodType = z.ZodType, R = unknown> = CommandDefinition<I, R> & {
  kind: 'command';
};

/** A command over schemas that are not known at the place: what lists and registries of commands hold. */
// biome-ignore lint/suspicious/noExplicitAny: a command is contravariant in its input; `any` is the only type all of them share
export type AnyCommand = Command<any, any>;

export const defineCommand = <I extends z.ZodType, R>(
  definition: CommandDefinition<I, R>,
): Command<I, R> => ({
  ...definition,
  kind: 'command',
});
