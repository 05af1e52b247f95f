import { z } from 'zod';
import { ChannelKind } from './alert-channel.ts';
import { AlertSeverity } from './alert-rule.ts';
import { Environment } from './cluster.ts';

/** Why something is sent. */
export const noticeKinds = ['opened', 'repeated', 'escalated', 'resolved', 'test'] as const;
export const NoticeKind = z.enum(noticeKinds);
export type NoticeKind = z.infer<typeof NoticeKind>;

/** One incident as a receiver is told of it. Texts are for people; nothing of a message is in them. */
export const NoticeIncident = z.object({
  id: z.string(),
  ruleId: z.string(),
  ruleName: z.string(),
  severity: AlertSeverity,
  clusterId: z.string(),
  clusterName: z.string(),
  environment: Environment.nullable(),
  series: z.string(),
  /** Empty for the cluster itself. */
  subject: z.string(),
  /** What is the matter, in one sentence. */
  summary: z.string(),
  openedAt: z.string(),
  resolvedAt: z.string().nullable(),
  /** Why it ended, as a sentence; null while it is open. */
  resolution: z.string().nullable(),
  /** How it looks as this is written, in words; empty when it is not known. */
  now: z.string(),
  owner: z.string(),
  advice: z.string(),
  runbook: z.string(),
  /** Address of its page. */
  url: z.string(),
});
export type NoticeIncident = z.infer<typeof NoticeIncident>;

/**
 * What is sent over a channel. It is written once and sent as it was written, so that a second try says the same. `key` is
 * the same in each try: who receives one twice, because the answer of the first try was lost, can tell by it.
 */
export const AlertMessage = z.object({
  key: z.string(),
  kind: NoticeKind,
  title: z.string(),
  /** The worst of its incidents. */
  severity: AlertSeverity,
  /** At most `maxToldIncidents`, worst first. */
  incidents: z.array(NoticeIncident),
  /** How many more there are. */
  more: z.number().int(),
  /** ISO 8601. */
  writtenAt: z.string(),
  /** Address of the page with all of them. */
  url: z.string(),
});
export type AlertMessage = z.infer<typeof AlertMessage>;

export const maxToldIncidents = 20;

/** `waiting` for its time, `sending` now, `sent`, `failed` for good after all tries, `dropped` because its channel is gone or switched off. */
export const noticeStates = ['waiting', 'sending', 'sent', 'failed', 'dropped'] as const;
export const NoticeState = z.enum(noticeStates);
export type NoticeState = z.infer<typeof NoticeState>;

/** A notice as the page of deliveries shows it. */
export const AlertNotice = z.object({
  id: z.string(),
  channelId: z.string(),
  channelName: z.string().nullable(),
  channelKind: ChannelKind.nullable(),
  kind: NoticeKind,
  title: z.string(),
  incidentIds: z.array(z.string()),
  state: NoticeState,
  attempts: z.number().int(),
  /** When it is tried next, ISO 8601; null when it is not. */
  nextAttemptAt: z.string().nullable(),
  lastError: z.string().nullable(),
  createdAt: z.string(),
  sentAt: z.string().nullable(),
});
export type AlertNotice = z.infer<typeof AlertNotice>;

export const noticeKindWords: Readonly<Record<NoticeKind, string>> = {
  opened: 'New',
  repeated: 'Again',
  escalated: 'Escalated',
  resolved: 'Resolved',
  test: 'Test',
};
