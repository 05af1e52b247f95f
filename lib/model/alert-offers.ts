import type { z } from 'zod';
import { AlertRuleFields } from './alert-rule.ts';

/** A rule that is offered ready made. `isForDayOne`: sensible anywhere without a change, part of the set of one click. */
export type AlertOffer = { rule: AlertRuleFields; isForDayOne: boolean };

const offer = (rule: z.input<typeof AlertRuleFields>, isForDayOne = true): AlertOffer => ({
  rule: AlertRuleFields.parse(rule),
  isForDayOne,
});

const internal = '__*';

/** Rules that are offered, the gravest first. */
export const alertOffers: readonly AlertOffer[] = [
  offer({
    name: 'Cluster does not answer',
    series: 'cluster.reachable',
    condition: { is: 'equals', values: ['down'] },
    severity: 'critical',
    advice:
      'Look at the brokers and at the network between them and Millrace. While this lasts, other rules wait.',
  }),
  offer({
    name: 'Broker is down',
    series: 'broker.up',
    condition: { is: 'equals', values: ['down'] },
    clearMinutes: 1,
    severity: 'critical',
    advice:
      'Look at the process and the log of the broker. Until it is back, partitions it held have one replica less.',
  }),
  offer({
    name: 'Partitions are offline',
    series: 'cluster.offline',
    condition: { is: 'above', value: 0 },
    severity: 'critical',
    advice:
      'They can be neither written nor read. Bring the brokers back that hold them; an unclean election loses records.',
  }),
  offer({
    name: 'Writes with acks=all are refused',
    series: 'cluster.under-min-isr',
    condition: { is: 'above', value: 0 },
    forMinutes: 1,
    severity: 'critical',
    advice:
      'Partitions have fewer replicas in sync than min.insync.replicas. Bring the missing brokers back.',
  }),
  offer({
    name: 'Unread records were deleted',
    series: 'group.lost',
    condition: { is: 'changed', direction: 'up', minutes: 15 },
    severity: 'critical',
    advice:
      'Retention was faster than the group. Lengthen retention of the topic now, then find out why the group is slow.',
  }),
  offer({
    name: 'Unread records are deleted within the hour',
    series: 'group.loss-clock',
    condition: { is: 'below', value: 3_600_000, clear: 7_200_000 },
    // Its clock is unknown while nothing is in danger.
    missing: 'ok',
    severity: 'critical',
    advice:
      'Lengthen retention of the topic now, or speed the group up: more members, if there are partitions for them.',
  }),
  offer({
    name: 'Group is stalled',
    series: 'group.state',
    condition: { is: 'equals', values: ['stalled'] },
    forMinutes: 5,
    severity: 'critical',
    advice:
      'Members own partitions and do not move. Look for a record they cannot process, or for a call that hangs.',
  }),
  offer({
    name: 'Controller voter is down or behind',
    series: 'cluster.voters-behind',
    condition: { is: 'above', value: 0 },
    forMinutes: 1,
    severity: 'critical',
    advice: 'With the loss of a majority of voters nothing of the cluster can be changed any more.',
  }),
  offer({
    name: 'Connector failed',
    series: 'connector.state',
    condition: { is: 'equals', values: ['failed'] },
    severity: 'critical',
    advice: 'Read its trace, correct the cause, then restart the connector.',
  }),
  offer({
    name: 'Task of a connector failed',
    series: 'connector.tasks-failed',
    condition: { is: 'above', value: 0 },
    severity: 'critical',
    advice:
      'Connect does not restart a failed task by itself. Read its trace, correct the cause, restart the task.',
  }),
  offer({
    name: 'Unclean leader election',
    series: 'broker.unclean-elections',
    condition: { is: 'above', value: 0 },
    clearMinutes: 15,
    severity: 'critical',
    advice: 'A replica that was not in sync became leader: records that were acknowledged may be lost.',
  }),
  offer({
    name: 'Canary records do not come back',
    series: 'broker.canary-availability',
    condition: { is: 'below', value: 0.99 },
    forMinutes: 2,
    clearMinutes: 2,
    severity: 'critical',
    advice: 'What applications write to this broker is likely refused or late too.',
  }),
  offer({
    name: 'Dead-letter topic received records',
    series: 'topic.records-in',
    condition: { is: 'above', value: 0 },
    clearMinutes: 10,
    scope: { names: '*.dlq, *-dlq, *.DLQ, *-DLQ, *.dlt, *-dlt, *.DLT, *-DLT, *dead-letter*, *deadletter*' },
    severity: 'warning',
    advice: 'Read the newest records and their headers: they mostly tell which consumer gave up, and why.',
  }),
  offer({
    name: 'Partitions lack replicas',
    series: 'cluster.under-replicated',
    condition: { is: 'above', value: 0 },
    forMinutes: 5,
    severity: 'warning',
    advice: 'One more loss may take writes or data. Look for a broker that is down, slow or out of disk.',
  }),
  offer({
    name: 'Disk is full within a week',
    series: 'broker.disk-days',
    condition: { is: 'below', value: 7, clear: 10 },
    forMinutes: 30,
    severity: 'warning',
    advice: 'Shorten retention of the topics that grew most, or give the broker more disk.',
  }),
  offer({
    name: 'Group is behind in time',
    series: 'group.lag-time',
    condition: { is: 'above', value: 900_000, clear: 300_000 },
    forMinutes: 5,
    severity: 'warning',
    advice: 'See on the group which partition is slowest, and what its oldest unread record is.',
  }),
  offer({
    name: 'Group falls behind',
    series: 'group.state',
    condition: { is: 'equals', values: ['falling-behind'] },
    forMinutes: 30,
    severity: 'warning',
    advice: 'It reads more slowly than is written. It needs more members, or less work per record.',
  }),
  offer({
    name: 'Group rebalances again and again',
    series: 'group.rebalances',
    condition: { is: 'above', value: 5, clear: 1 },
    severity: 'warning',
    advice: 'Members come and go, or take longer than max.poll.interval.ms between two polls.',
  }),
  offer({
    name: 'Canary is slow',
    series: 'broker.canary-p99',
    condition: { is: 'above', value: 500, clear: 250 },
    forMinutes: 5,
    severity: 'warning',
    advice: 'Look at the request times, the disk and the network of the broker.',
  }),
  offer({
    name: 'Request handlers are busy',
    series: 'broker.handler-idle',
    condition: { is: 'below', value: 0.2, clear: 0.3 },
    forMinutes: 10,
    severity: 'warning',
    advice: 'The broker is near what it can do. See which requests are many or slow.',
  }),
  offer({
    name: 'Certificate expires soon',
    series: 'cluster.certificate-days',
    condition: { is: 'below', value: 14 },
    severity: 'warning',
    advice: 'Renew it: on its last day clients can connect no more.',
  }),
  offer({
    name: 'Readings of the cluster are late',
    series: 'cluster.sample-late',
    condition: { is: 'above', value: 60_000, clear: 15_000 },
    severity: 'warning',
    advice:
      'Until they come again, what is shown is old, and no other rule is judged. Look at the log and the load of Millrace.',
  }),
  offer({
    name: 'Traffic of the cluster is off its usual pattern',
    series: 'cluster.records-in',
    condition: { is: 'unusual', direction: 'either', times: 5 },
    forMinutes: 15,
    clearMinutes: 15,
    severity: 'note',
    advice: 'Compare with yesterday on the metrics page, and see which topic changed.',
  }),
  offer(
    {
      name: 'Traffic of a topic is off its usual pattern',
      series: 'topic.records-in',
      condition: { is: 'unusual', direction: 'down', times: 6 },
      forMinutes: 15,
      clearMinutes: 15,
      scope: { names: '*', except: internal },
      severity: 'note',
      advice: 'Fewer records come than on other days at this hour. Ask who writes it.',
    },
    false,
  ),
  offer(
    {
      name: 'No events into a topic',
      series: 'topic.records-in',
      condition: { is: 'equals', values: [0] },
      forMinutes: 15,
      missing: 'alert',
      scope: { names: 'orders' },
      severity: 'warning',
      advice: 'Nothing was written for a quarter of an hour. Ask who writes it.',
    },
    false,
  ),
  offer(
    {
      name: 'Group is behind in records',
      series: 'group.lag',
      condition: { is: 'above', value: 100_000, clear: 10_000 },
      forMinutes: 5,
      severity: 'warning',
    },
    false,
  ),
];
