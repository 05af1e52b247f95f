import type { SeriesKind } from '#lib/model/series-kinds.ts';
import type { BrokerSection } from './broker-sections.ts';

/** Sections that are drawn, and those that cannot be, put together by the reason why. */
export type ArrangedSections = {
  drawn: BrokerSection[];
  missing: { why: string; kind: SeriesKind; titles: string[] }[];
};

/** A section is drawn as soon as one of its kinds has numbers. A reason is said once, however many sections share it. */
export function arrangeSections(
  sections: readonly BrokerSection[],
  missing: (kind: SeriesKind) => string | null,
): ArrangedSections {
  const arranged: ArrangedSections = { drawn: [], missing: [] };
  for (const section of sections) {
    const kinds = section.kinds.filter((kind) => missing(kind) === null);
    const [first, ...rest] = kinds;
    const why = missing(section.kinds[0]);
    if (first) arranged.drawn.push({ ...section, kinds: [first, ...rest] });
    else if (why) {
      const same = arranged.missing.find((each) => each.why === why);
      if (same) same.titles.push(section.title);
      else arranged.missing.push({ why, kind: section.kinds[0], titles: [section.title] });
    }
  }
  return arranged;
}
