import { formatDuration, formatLimit } from '#lib/format.ts';
import type { AlertRuleFields, AlertScope, AlertSeverity } from '#lib/model/alert-rule.ts';
import { factsOfSeries, type SeriesKind, type SeriesSubject } from '#lib/model/series-kinds.ts';
import { stateWordsOf } from '#lib/model/state-words.ts';

export const severityWords: Readonly<Record<AlertSeverity, string>> = {
  critical: 'Critical',
  warning: 'Warning',
  note: 'Note',
};

/** What things a series is of, as one and as many. */
export const subjectNouns: Readonly<Record<SeriesSubject, readonly [one: string, many: string]>> = {
  cluster: ['cluster', 'clusters'],
  broker: ['broker', 'brokers'],
  topic: ['topic', 'topics'],
  partition: ['partition', 'partitions'],
  group: ['group', 'groups'],
  member: ['partition of a group', 'partitions of groups'],
  connector: ['connector', 'connectors'],
};

export const nounsOf = (series: SeriesKind) => subjectNouns[factsOfSeries(series).subject];

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** Of what a series is: `broker 3`, or the name alone where it says enough. */
export function subjectInWords(series: SeriesKind, subject: string): string {
  switch (factsOfSeries(series).subject) {
    case 'cluster':
      return 'the cluster';
    case 'broker':
      return `broker ${subject}`;
    case 'member':
      return subject.replace('\t', ' on ');
    default:
      return subject;
  }
}

const directions = { either: '', up: ' upwards', down: ' downwards' } as const;

/** When a rule holds: `Lag in time above 15 min for 5 min`. */
export function conditionInWords({
  series,
  condition,
  forMinutes,
}: Pick<AlertRuleFields, 'series' | 'condition' | 'forMinutes'>): string {
  const held = forMinutes > 0 ? ` for ${formatDuration(forMinutes * 60_000)}` : '';
  return `${what(series, condition)}${held}`;
}

function what(series: SeriesKind, condition: AlertRuleFields['condition']): string {
  const { title } = factsOfSeries(series);
  switch (condition.is) {
    case 'above':
    case 'below':
      return `${title} ${condition.is} ${formatLimit(condition.value, factsOfSeries(series).unit)}`;
    case 'equals': {
      const words = stateWordsOf(series);
      const label = (value: string | number): string =>
        words.find((one) => one.word === value || one.value === value)?.label ?? String(value);
      // Answers or does not: the state says what it is of.
      if (words.length === 2) return condition.values.map(label).join(' or ');
      return words.length > 0
        ? `${title} is: ${condition.values.map((one) => lower(label(one))).join(' or ')}`
        : `${title} is ${condition.values.join(' or ')}`;
    }
    case 'absent':
      return `${title} is not known`;
    case 'changed':
      return `${title} changed${directions[condition.direction]} within ${formatDuration(condition.minutes * 60_000)}`;
    case 'unusual':
      return `${title} off its usual pattern${directions[condition.direction]}`;
  }
}

/** Where a rule looks: `shop.* but not *.test on production`. */
export function scopeInWords(scope: AlertScope, series: SeriesKind): { names: string | null; place: string } {
  const isCluster = factsOfSeries(series).subject === 'cluster';
  const names = isCluster ? null : `${scope.names}${scope.except === '' ? '' : ` but not ${scope.except}`}`;
  const places = [...scope.clusters, ...scope.environments];
  return { names, place: places.length === 0 ? 'all clusters' : places.join(', ') };
}
