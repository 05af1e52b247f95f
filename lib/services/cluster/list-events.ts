import { changeActions, changeMark } from '#lib/audit/change-mark.ts';
import { searchAudit } from '#lib/gateways/database/audit-search.ts';
import { listClusterEvents } from '#lib/gateways/database/cluster-events.ts';
import {
  type ClusterEvent,
  type ClusterEventKind,
  EventListing,
  type EventMark,
  type EventSource,
  ListEventsInput,
} from '#lib/model/cluster-event.ts';
import { boundsOfRange } from '#lib/model/series.ts';
import { defineQuery } from '#lib/operations/define-query.ts';
import { paths } from '#lib/paths.ts';

/** What happened in a cluster within a range: what charts are marked with, and the list beside them. */
export const listEvents = defineQuery({
  name: 'cluster.list-events',
  summary: 'What happened in a cluster: changes, elections, rebalances, restarts, alerts; newest first.',
  path: '/clusters/[clusterId]/events',
  permission: 'cluster:read',
  input: ListEventsInput,
  output: EventListing,
  target: (input) => ({ type: 'cluster', id: input.clusterId, clusterId: input.clusterId }),
  run: async (_context, input) => {
    const { clusterId, limit } = input;
    const span = boundsOfRange(input.range, Date.now());
    const subject = subjectOf(input.subject);
    const [seen, changed] = await Promise.all([
      listClusterEvents({ clusterId, ...span, subject, limit }),
      searchAudit(
        {
          clusterId,
          ...span,
          actions: [...changeActions],
          ...(subject ? { targetType: subject.type, targetId: subject.name } : {}),
        },
        { page: 1, pageSize: limit },
      ),
    ]);
    const changes = changed.rows.filter((entry) => entry.outcome !== 'denied');
    const rows = [
      ...seen.rows.map(seenMark),
      ...changes.map((entry) => ({ ...changeMark(entry), source: 'audit' as const })),
    ].sort((a, b) => (a.at < b.at ? 1 : -1));
    return {
      rows: rows.slice(0, limit),
      total: seen.total + changed.total - (changed.rows.length - changes.length),
    };
  },
});

function subjectOf(text: string | undefined): { type: string; name: string } | undefined {
  if (text === undefined) return undefined;
  const colon = text.indexOf(':');
  return { type: text.slice(0, colon), name: text.slice(colon + 1) };
}

const sources: Record<ClusterEventKind, EventSource> = {
  'broker.down': 'broker',
  'broker.up': 'broker',
  'broker.restarted': 'broker',
  'partitions.offline': 'health',
  'partitions.under-min-isr': 'health',
  'partitions.recovered': 'health',
  'controller.moved': 'election',
  'leader.elected': 'election',
  'group.rebalanced': 'rebalance',
  'group.state': 'health',
  'cluster.unreachable': 'health',
  'cluster.reachable': 'health',
  'alert.opened': 'alert',
  'alert.resolved': 'alert',
};

const seenMark = (event: ClusterEvent): EventMark => ({
  at: new Date(event.at).toISOString(),
  title: event.title,
  detail: event.detail,
  severity: event.severity,
  href: hrefOf(event),
  source: sources[event.kind],
});

function hrefOf({ clusterId, kind, subjectType, subject }: ClusterEvent): string | null {
  if (sources[kind] === 'alert') return paths.alertHistory({ clusterId });
  if (subjectType === 'broker' && /^\d+$/.test(subject)) return paths.broker(clusterId, Number(subject));
  if (subjectType === 'topic') return paths.topic(clusterId, subject);
  if (subjectType === 'group') return paths.group(clusterId, subject);
  if (subjectType === 'connector') return paths.connectorMetrics(clusterId, subject);
  return null;
}
