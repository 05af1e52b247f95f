import { z } from 'zod';
import { routeOf, silenceOf } from '#lib/collector/notices/plan-notices.ts';
import { AppError } from '#lib/errors/app-error.ts';
import { readChannelNames } from '#lib/gateways/database/alert-channels.ts';
import { listAlertEvents } from '#lib/gateways/database/alert-events.ts';
import { listNotices } from '#lib/gateways/database/alert-notices.ts';
import { listRoutes } from '#lib/gateways/database/alert-routes.ts';
import { readIncident as findIncident, searchIncidents } from '#lib/gateways/database/incident-search.ts';
import type { AlertEvent, AlertEventKind, AlertIncident } from '#lib/model/alert-incident.ts';
import { RowId } from '#lib/model/ids.ts';
import { IncidentView } from '#lib/model/incident-view.ts';
import { allows } from '#lib/model/permission.ts';
import { factsOfSeries, type SeriesKind, type SeriesSubject } from '#lib/model/series-kinds.ts';
import { defineQuery } from '#lib/operations/define-query.ts';
import { readSurroundings, viewIncident } from './view-incident.ts';

/** An incident with its timeline, its deliveries, what to draw around it, and what happened before and beside it. */
export const readIncident = defineQuery({
  name: 'incident.read',
  summary: 'An incident with its timeline, its deliveries, and what happened before and beside it.',
  path: '/alerts/incidents/[incidentId]',
  permission: 'alert:read',
  input: z.strictObject({ incidentId: RowId }),
  output: IncidentView,
  target: (input) => ({ type: 'incident', id: input.incidentId, clusterId: null }),
  run: async ({ principal }, { incidentId }) => {
    const mayReadChannels = allows(principal.role, 'channel:read');
    const incident = await findIncident(incidentId);
    if (!incident) throw new AppError('incident.not-found');
    const { clusterId, ruleId, subject, rule } = incident;
    const few = { page: 1, pageSize: 8 };
    const [around, events, deliveries, routes, channels, before, beside] = await Promise.all([
      readSurroundings(),
      listAlertEvents(incidentId, 200),
      mayReadChannels ? listNotices({ incidentId }, { page: 1, pageSize: 50 }) : null,
      listRoutes(),
      readChannelNames(),
      searchIncidents({ state: 'all', ruleId, clusterId, subject }, few),
      searchIncidents({ state: 'open', clusterId }, few),
    ]);
    const route = routeOf({ ...around, routes }, incident);
    const silence = incident.resolvedAt === null ? silenceOf(around, incident) : null;
    const others = (list: { rows: AlertIncident[] }) =>
      list.rows.filter(({ id }) => id !== incidentId).map((one) => viewIncident(one, around));
    const { condition } = rule;
    return {
      ...viewIncident(incident, around),
      events: mayReadChannels ? events : events.map(withoutChannel),
      deliveries: deliveries?.rows ?? null,
      route: route && {
        id: route.id,
        name: route.name,
        channels: mayReadChannels ? route.channels.flatMap((id) => channels.get(id) ?? []) : [],
      },
      silence: silence && { id: silence.id, reason: silence.reason, by: silence.createdByName },
      charts: chartsOf(incident),
      limit: condition.is === 'above' || condition.is === 'below' ? condition.value : null,
      before: others(before),
      beside: others(beside).filter(
        ({ ruleId: rule, subject: about }) => rule !== ruleId || about !== subject,
      ),
    };
  },
});

const deliveryWords: Partial<Record<AlertEventKind, string>> = {
  sent: 'Sent.',
  repeated: 'Sent again.',
  escalated: 'Escalated.',
  failed: 'Not delivered.',
};

/** That something was sent, without where and what the receiver answered: for who may not read channels. */
const withoutChannel = (event: AlertEvent): AlertEvent => ({
  ...event,
  text: deliveryWords[event.kind] ?? event.text,
});

/** What is worth looking at beside the series of the rule, by what it is about. */
const related: Readonly<Record<SeriesSubject, readonly SeriesKind[]>> = {
  cluster: ['cluster.brokers-up', 'cluster.under-replicated', 'cluster.offline', 'cluster.bytes-in'],
  broker: ['broker.up', 'broker.leaders', 'broker.bytes-in'],
  topic: ['topic.records-in', 'topic.under-replicated', 'topic.size'],
  partition: ['partition.records-in'],
  group: ['group.lag', 'group.lag-time', 'group.records-in', 'group.records-out'],
  member: ['member.lag', 'member.lag-time'],
  connector: ['connector.state', 'connector.tasks-failed'],
};

const mostCharts = 4;

function chartsOf({ rule, subject }: AlertIncident): { kind: SeriesKind; name: string }[] {
  const kinds = [...new Set([rule.series, ...related[factsOfSeries(rule.series).subject]])];
  return kinds.slice(0, mostCharts).map((kind) => ({ kind, name: subject }));
}
