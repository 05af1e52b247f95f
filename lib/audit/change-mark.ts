import type { AuditEntry } from '#lib/model/audit.ts';
import type { ChangeMark } from '#lib/model/overview.ts';
import { paths } from '#lib/paths.ts';

/** Beginnings of what changes a cluster, as the audit calls it; reads of messages are in the audit and change nothing. */
export const changeActions = [
  'topic.',
  'partition.',
  'broker.',
  'group.',
  'cluster.create',
  'cluster.update',
  'message.produce',
  'message.produce-many',
] as const;

const words: Record<string, string> = {
  'topic.create': 'Topic created',
  'topic.delete': 'Topic deleted',
  'topic.configure': 'Topic config changed',
  'topic.add-partitions': 'Partitions added',
  'topic.delete-records': 'Records deleted',
  'partition.elect-leader': 'Preferred leaders elected',
  'broker.configure': 'Broker config changed',
  'cluster.update': 'Connection changed',
  'cluster.create': 'Cluster added',
  'group.reset-offsets': 'Offsets reset',
  'group.undo-reset': 'Offset reset undone',
  'group.delete': 'Group deleted',
  'group.delete-offsets': 'Offsets deleted',
  'message.produce': 'Message produced',
  'message.produce-many': 'Messages produced',
};

/** A change made through Millrace as a mark on charts and in lists, with the way to its audit row. */
export const changeMark = (entry: AuditEntry): ChangeMark => ({
  at: entry.at,
  title: `${words[entry.action] ?? entry.action}${endings[entry.outcome] ?? ''}`,
  detail: `${entry.targetId ?? ''}, by ${entry.actorName}`,
  severity: entry.outcome === 'succeeded' ? 'note' : 'warning',
  href: paths.audit({ q: entry.operationId }),
});

const endings: Partial<Record<AuditEntry['outcome'], string>> = {
  failed: ', failed',
  unknown: ', outcome unknown',
};
