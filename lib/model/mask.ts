import { z } from 'zod';
import { ClusterId, RowId } from './ids.ts';
import { maxMaskPathChars, parseMaskPath } from './mask-path.ts';
import { Role } from './principal.ts';

export const maskSides = ['key', 'value', 'header'] as const;
export const MaskSide = z.enum(maskSides);
export type MaskSide = z.infer<typeof MaskSide>;

/**
 * `hide` puts a mark in its place, `hash` a keyed digest, so that equal values stay recognisable, `last4` keeps the last four
 * characters of long ones. `show` excepts from a policy that masks by default.
 */
export const maskActions = ['hide', 'hash', 'last4', 'show'] as const;
export const MaskAction = z.enum(maskActions);
export type MaskAction = z.infer<typeof MaskAction>;

/** What a rule speaks of: the field as a whole, a path from its root, or a name at any depth. */
export const maskSelectors = ['whole', 'path', 'name'] as const;
export const MaskSelector = z.enum(maskSelectors);
export type MaskSelector = z.infer<typeof MaskSelector>;

export const MaskRule = z
  .strictObject({
    side: MaskSide,
    select: MaskSelector,
    /** The path or name; empty for `whole`. For headers it begins with the header's name. */
    at: z.string().trim().max(maxMaskPathChars).default(''),
    action: MaskAction,
  })
  .superRefine((rule, context) => {
    const message = ruleProblem(rule);
    if (message) context.addIssue({ code: 'custom', path: ['at'], message });
  });
export type MaskRule = z.output<typeof MaskRule>;

function ruleProblem({ select, at }: { select: MaskSelector; at: string }): string | null {
  if (select === 'whole') return at === '' ? null : 'A rule for the whole field has no path.';
  const steps = parseMaskPath(at);
  if (!steps) return 'Write such as customer.email, items[*].price, "a.b" or card*.';
  if (select === 'name' && (steps.length !== 1 || steps[0]?.kind !== 'name'))
    return 'A name is one name, such as email or card*. Put names with dots in quotes.';
  return null;
}

/** Whether fields without a rule are shown or masked. */
export const maskBases = ['show', 'mask'] as const;
export const MaskBase = z.enum(maskBases);
export type MaskBase = z.infer<typeof MaskBase>;

export const MaskSet = z.strictObject({
  base: MaskBase.default('show'),
  rules: z.array(MaskRule).max(100, 'At most 100 rules.').default([]),
});
export type MaskSet = z.output<typeof MaskSet>;

const MaskName = z
  .string()
  .trim()
  .min(1, 'A name is missing.')
  .max(60, 'A name has at most 60 characters.')
  .regex(/^[\p{L}\p{N} ._&/()-]+$/u, 'Use letters, digits, spaces and . _ & / ( ) - only.');

const TopicPattern = z
  .string()
  .trim()
  .min(1, 'Say which topics: * is all of them.')
  .max(1000, 'At most 1,000 characters.')
  .regex(/^[A-Za-z0-9._*, -]+$/, 'Use topic names and *, separated by commas, such as shop.*, payments.*');

const PolicyFields = MaskSet.extend({
  name: MaskName,
  /** Null holds on all clusters. */
  clusterId: ClusterId.nullable().default(null),
  topicPattern: TopicPattern,
  /** The least role that sees the values all the same; null is nobody. */
  unmaskRole: Role.nullable().default(null),
});

/** What of messages is hidden from whom, as an admin writes it. */
export const NewMaskPolicy = PolicyFields.superRefine(sayEmpty);
export type NewMaskPolicy = z.output<typeof NewMaskPolicy>;

/** A policy changed as it was seen at `version`. */
export const ChangedMaskPolicy = PolicyFields.extend({
  id: RowId,
  version: z.number().int().min(1),
}).superRefine(sayEmpty);
export type ChangedMaskPolicy = z.output<typeof ChangedMaskPolicy>;

function sayEmpty({ base, rules }: MaskSet, context: z.RefinementCtx): void {
  if (base === 'mask' || rules.some(({ action }) => action !== 'show')) return;
  context.addIssue({
    code: 'custom',
    path: ['rules'],
    message: 'Without a rule that hides something, nothing is masked.',
  });
}

/** The longest text that a policy is tried on. */
export const maxMaskSample = 100_000;

/** A policy that is not kept yet, and something to try it on. */
export const MaskTrial = MaskSet.extend({
  clusterId: ClusterId.nullable().default(null),
  topicPattern: z.string().max(1000).default(''),
  side: MaskSide.default('value'),
  sample: z.string().max(maxMaskSample, 'At most 100,000 characters.').default(''),
});
export type MaskTrial = z.output<typeof MaskTrial>;

/** What a policy does to the sample, and which topics it means now. */
export type MaskTrialAnswer = {
  /** Null when nothing was given to try it on. */
  sample: { text: string; isMasked: boolean; note: string } | null;
  clusters: { id: string; name: string; topics: string[]; total: number; isKnown: boolean }[];
};

export const MaskPolicy = z.object({
  id: RowId,
  name: z.string(),
  clusterId: z.string().nullable(),
  topicPattern: z.string(),
  base: MaskBase,
  rules: z.array(MaskRule),
  unmaskRole: Role.nullable(),
  version: z.number().int(),
  updatedAt: z.string(),
});
export type MaskPolicy = z.infer<typeof MaskPolicy>;
