import type { TopMeasure } from '#lib/model/series.ts';
import { factsOfSeries, type SeriesKind, type SeriesSubject, seriesKinds } from '#lib/model/series-kinds.ts';

/** What people ask most, ready to press. */
export const questions: readonly {
  words: string;
  kind: SeriesKind;
  by: TopMeasure;
}[] = [
  { words: 'Which topics grew most?', kind: 'topic.size', by: 'growth' },
  { words: 'Which topics take the most records?', kind: 'topic.records-in', by: 'mean' },
  { words: 'Which topics changed most against before?', kind: 'topic.records-in', by: 'change' },
  { words: 'Which partitions are hot?', kind: 'partition.records-in', by: 'max' },
  { words: 'Which groups are furthest behind?', kind: 'group.lag', by: 'last' },
  { words: 'Whose lag grew most?', kind: 'group.lag', by: 'growth' },
  { words: 'Which broker is slowest to produce to?', kind: 'broker.produce-p99', by: 'max' },
];

export const measureWords: Readonly<Record<TopMeasure, { label: string; column: string }>> = {
  last: { label: 'Now', column: 'Now' },
  mean: { label: 'Mean', column: 'Mean' },
  max: { label: 'Most', column: 'Most' },
  growth: { label: 'Growth', column: 'Grew by' },
  change: { label: 'Change', column: 'Against before' },
};

const subjectWords: Readonly<Record<SeriesSubject, string>> = {
  cluster: 'Cluster',
  broker: 'Brokers',
  topic: 'Topics',
  partition: 'Partitions',
  group: 'Groups',
  member: 'Partitions of groups',
  connector: 'Connectors',
};

/** Kinds that many objects have, as choices: `Topics: Records in`. The cluster's own have nothing to be compared with. */
export const kindOptions: readonly { value: SeriesKind; label: string }[] = seriesKinds.flatMap((kind) => {
  const { subject, title } = factsOfSeries(kind);
  return subject === 'cluster' ? [] : [{ value: kind, label: `${subjectWords[subject]}: ${title}` }];
});

export const nounOf = (kind: SeriesKind): { one: string; many: string } =>
  ({
    cluster: { one: 'cluster', many: 'clusters' },
    broker: { one: 'broker', many: 'brokers' },
    topic: { one: 'topic', many: 'topics' },
    partition: { one: 'partition', many: 'partitions' },
    group: { one: 'group', many: 'groups' },
    member: { one: 'partition of a group', many: 'partitions of groups' },
    connector: { one: 'connector', many: 'connectors' },
  })[factsOfSeries(kind).subject];
