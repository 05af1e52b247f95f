import type { AlertIncident } from '#lib/model/alert-incident.ts';
import { type AlertRoute, RouteFields } from '#lib/model/alert-route.ts';
import { AlertRuleFields } from '#lib/model/alert-rule.ts';

/** The rule of a broker that is down. */
export const brokerDown = AlertRuleFields.parse({
  name: 'Broker down',
  series: 'broker.up',
  condition: { is: 'equals', values: ['down'] },
  severity: 'critical',
  owner: 'Platform team',
  advice: 'Look into its log, then start it.',
});

export const sampleIncident = (more: Partial<AlertIncident> = {}): AlertIncident => ({
  id: 'i1',
  ruleId: 'r1',
  ruleName: 'Broker down',
  rule: brokerDown,
  clusterId: 'eu',
  subject: '3',
  severity: 'critical',
  summary: 'Broker 3 does not answer.',
  value: 0,
  lastValue: 0,
  openedAt: new Date(0).toISOString(),
  lastSeenAt: new Date(0).toISOString(),
  acknowledgedAt: null,
  acknowledgedBy: null,
  acknowledgeNote: null,
  resolvedAt: null,
  resolution: null,
  ...more,
});

export const sampleRoute = (more: Partial<AlertRoute> = {}): AlertRoute => ({
  ...RouteFields.parse({ name: 'Everything', channels: ['mail'], groupWaitSeconds: 5, repeatMinutes: 60 }),
  id: 'route',
  position: 1,
  version: 1,
  ...more,
});
