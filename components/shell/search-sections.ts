import type { SearchAnswer } from '#lib/model/search.ts';
import type { PaletteItem, PaletteSection } from './palette-items.ts';

type Row = SearchAnswer['rows'][number];

const titles: Record<Row['noun'], string> = {
  topic: 'Topics',
  group: 'Groups',
  broker: 'Brokers',
  cluster: 'Clusters',
};

function itemOf(row: Row, isElsewhere: boolean): PaletteItem {
  const isTrouble = row.state === 'critical' || row.state === 'warning';
  return {
    id: `${row.noun} ${row.clusterId} ${row.name}`,
    name: row.name,
    verb: row.noun === 'broker' ? 'Broker' : undefined,
    isName: row.noun === 'topic' || row.noun === 'group',
    note: row.note,
    href: row.href,
    ...(isTrouble ? { state: { mark: row.state, words: row.stateWords } } : {}),
    ...(isElsewhere || row.noun === 'cluster' ? { environment: row.environment } : {}),
  };
}

/** What was found, in the palette's order: what needs you first, then objects here by kind, then those of other clusters. */
export function sectionsOf(answer: SearchAnswer, clusterId: string | null): PaletteSection[] {
  const needs = answer.rows.filter((row) => row.state === 'critical' || row.state === 'warning').slice(0, 3);
  const rest = answer.rows.filter((row) => !needs.includes(row));
  const isHere = (row: Row) => clusterId === null || row.clusterId === clusterId;
  const kinds = (['topic', 'group', 'broker'] as const).map((noun) => ({
    title: titles[noun],
    items: rest
      .filter((row) => row.noun === noun && isHere(row))
      .map((row) => itemOf(row, clusterId === null)),
  }));
  const elsewhere = rest.filter((row) => row.noun === 'cluster' || !isHere(row));
  return [
    { title: 'Needs you', items: needs.map((row) => itemOf(row, row.clusterId !== clusterId)) },
    ...kinds,
    { title: 'Elsewhere', items: elsewhere.map((row) => itemOf(row, true)) },
  ].filter((section) => section.items.length > 0);
}
