import { z } from 'zod';
import { environments } from './cluster.ts';
import { ClusterId, RowId } from './ids.ts';
import { SeriesKind } from './series.ts';
import { stateWordsOf } from './state-words.ts';

export const alertSeverities = ['critical', 'warning', 'note'] as const;
export const AlertSeverity = z.enum(alertSeverities);
export type AlertSeverity = z.infer<typeof AlertSeverity>;

const bound = z.number('Write a number.').min(-1e18).max(1e18);

/**
 * When a rule holds for a number. Numbers are in the unit of the series; states are told by their words.
 *
 * `clear` is where it ends: a value between it and `value` neither begins nor ends anything, so that a number which
 * trembles around the limit is one incident and not twenty.
 */
export const AlertCondition = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('above'), value: bound, clear: bound.optional() }),
  z.strictObject({ is: z.literal('below'), value: bound, clear: bound.optional() }),
  /** It is one of these: words of `stateWordsOf`, or numbers. */
  z.strictObject({
    is: z.literal('equals'),
    values: z
      .array(z.union([z.string().max(40), bound]))
      .min(1, 'Choose at least one.')
      .max(20, 'At most 20.'),
  }),
  /** Nothing is known of it. */
  z.strictObject({ is: z.literal('absent') }),
  /** It is another than it was within so many minutes. */
  z.strictObject({
    is: z.literal('changed'),
    direction: z.enum(['either', 'up', 'down']).default('either'),
    minutes: z.number('Write a number.').min(1).max(1440).default(5),
  }),
  /**
   * It is off its usual pattern: further from the median of the same hour on the days before than `times` the usual
   * spread. Quiet until there are three days to compare with.
   */
  z.strictObject({
    is: z.literal('unusual'),
    direction: z.enum(['either', 'up', 'down']).default('either'),
    times: z.number('Write a number.').min(2).max(50).default(5),
  }),
]);
export type AlertCondition = z.output<typeof AlertCondition>;

/**
 * What an unknown number means: `keep` leaves it as it was, `ok` takes it as well, `alert` as trouble. A subject that is
 * gone, such as a deleted topic, ends its incident under each of them.
 */
export const missingPolicies = ['keep', 'ok', 'alert'] as const;
export const MissingPolicy = z.enum(missingPolicies);
export type MissingPolicy = z.infer<typeof MissingPolicy>;

const pattern = z.string().trim().max(1000, 'At most 1,000 characters.');

/** Which clusters, and which names on them. Empty lists are all. */
export const AlertScope = z.strictObject({
  clusters: z.array(ClusterId).max(200).default([]),
  environments: z.array(z.enum(environments)).max(3).default([]),
  /** Names with `*` for any letters, separated by commas. */
  names: pattern.min(1, 'Say which: * is all of them.').default('*'),
  except: pattern.default(''),
});
export type AlertScope = z.output<typeof AlertScope>;

const line = (most: number, message: string) => z.string().trim().max(most, message);

const RuleShape = z.strictObject({
  name: line(80, 'A name has at most 80 characters.')
    .min(1, 'A name is missing.')
    .regex(/^[\p{L}\p{N} ._&/(),:%+=-]+$/u, 'Use letters, digits, spaces and . _ & / ( ) , : % + = - only.'),
  series: SeriesKind,
  condition: AlertCondition,
  /** For how many minutes without a break it must hold before it is an incident; 0 is at once. */
  forMinutes: z.number('Write a number.').min(0).max(10_080, 'At most a week.').default(0),
  /** For how many minutes it must be well before the incident ends. */
  clearMinutes: z.number('Write a number.').min(0).max(10_080, 'At most a week.').default(0),
  missing: MissingPolicy.default('keep'),
  scope: AlertScope.default({ clusters: [], environments: [], names: '*', except: '' }),
  severity: AlertSeverity.default('warning'),
  /** Who is asked about it: a team or a person. */
  owner: line(120, 'At most 120 characters.').default(''),
  runbook: z
    .union([z.literal(''), z.url({ protocol: /^https?$/, error: 'Write an http(s) address.' }).max(2000)])
    .default(''),
  /** What is the matter, with {name}, {cluster}, {value}, {limit}, {for}; empty says it by itself. */
  summary: line(300, 'At most 300 characters.').default(''),
  /** What to do now, in a sentence or two. */
  advice: line(500, 'At most 500 characters.').default(''),
});

/** A rule as it is written, kept, exported and imported: what a file of rules has for each. */
export const AlertRuleFields = RuleShape.superRefine(checkCondition);
export type AlertRuleFields = z.output<typeof AlertRuleFields>;

function checkCondition(
  { series, condition }: Pick<z.output<typeof RuleShape>, 'series' | 'condition'>,
  context: z.RefinementCtx,
): void {
  const say = (field: string, message: string) =>
    context.addIssue({ code: 'custom', path: ['condition', field], message });
  const words = stateWordsOf(series);
  if (condition.is === 'equals') {
    const unknown = condition.values.find(
      (value) => typeof value === 'string' && !words.some(({ word }) => word === value),
    );
    if (unknown !== undefined)
      say(
        'values',
        words.length > 0
          ? `There is no state ${unknown}. There are ${words.map(({ word }) => word).join(', ')}.`
          : `${unknown} is no number, and this series has no states.`,
      );
  }
  if (condition.is === 'unusual' && words.length > 0) say('is', 'A state has no usual pattern.');
  if (condition.is === 'above' && condition.clear !== undefined && condition.clear > condition.value)
    say('clear', 'It ends at or below the limit.');
  if (condition.is === 'below' && condition.clear !== undefined && condition.clear < condition.value)
    say('clear', 'It ends at or above the limit.');
}

const Switch = { isEnabled: z.boolean().default(true) };

/** A rule as somebody makes it. */
export const NewAlertRule = RuleShape.extend(Switch).superRefine(checkCondition);
export type NewAlertRule = z.output<typeof NewAlertRule>;

/** A rule changed as it was seen at `version`. */
export const ChangedAlertRule = RuleShape.extend({
  ...Switch,
  id: RowId,
  version: z.number().int().min(1),
}).superRefine(checkCondition);
export type ChangedAlertRule = z.output<typeof ChangedAlertRule>;

/** A rule as it is kept. */
export const AlertRule = RuleShape.extend({
  id: RowId,
  isEnabled: z.boolean(),
  version: z.number().int(),
  createdBy: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type AlertRule = z.output<typeof AlertRule>;

/** The part of a kept rule that is its file's. */
export function fieldsOfRule({
  id: _id,
  isEnabled: _isEnabled,
  version: _version,
  createdBy: _createdBy,
  createdAt: _createdAt,
  updatedAt: _updatedAt,
  ...fields
}: AlertRule): AlertRuleFields {
  return fields;
}
