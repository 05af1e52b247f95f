import { z } from 'zod';
import { AlertRuleFields } from './alert-rule.ts';
import { ClusterId } from './ids.ts';

export const previewRanges = ['24h', '7d', '30d'] as const;

/** A rule that is not kept yet, to be held against what is stored. */
export const RuleTrial = z.strictObject({
  rule: AlertRuleFields,
  range: z.enum(previewRanges).default('7d'),
  /** The subject to be drawn; without it the one that fires most. */
  focus: z
    .strictObject({ clusterId: ClusterId, subject: z.string().max(33_000) })
    .nullable()
    .default(null),
});
export type RuleTrial = z.output<typeof RuleTrial>;

/** One time that the rule would have been an incident; `toMs` is null while it lasts. */
export type Episode = { fromMs: number; toMs: number | null; peak: number | null };

export type RulePreview = {
  fromMs: number;
  toMs: number;
  /** Since when history is stored, epoch ms; null when there is none. */
  sinceMs: number | null;
  /** What the rule is about now. */
  clusters: { id: string; name: string; subjects: number }[];
  subjects: number;
  /** How many of them were looked at. */
  judged: number;
  /** How often it would have fired, and who: the newest first. */
  fired: number;
  episodes: (Episode & { clusterId: string; subject: string; summary: string })[];
  /** Numbers of one subject over the range, with its episodes. */
  chart: {
    clusterId: string;
    clusterName: string;
    subject: string;
    at: number[];
    values: (number | null)[];
    episodes: Episode[];
  } | null;
};
