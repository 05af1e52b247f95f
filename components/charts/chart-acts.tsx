'use client';

import { Ellipsis } from 'lucide-react';
import Link from 'next/link';
import { createContext, useContext } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Menu, MenuItem, MenuLink, MenuSeparator } from '#components/ui/menu.tsx';
import { factsOfSeries } from '#lib/model/series-kinds.ts';
import { paths } from '#lib/paths.ts';
import { seriesCsvUrl } from './series-url.ts';
import { useCompare } from './use-compare.ts';
import { useRange } from './use-range.ts';
import type { SeriesLine } from './use-series.ts';
import { nameOfSeries } from './use-series.ts';

/** One series to be pinned to a board. */
export type Pinned = { clusterId: string; kind: SeriesLine['kind']; name: string; title: string };

/** What the page around the charts lets a person do with them. */
export type ChartRights = {
  /** Opens the choice of a board; absent where the person may change none. */
  onPin?: (pinned: Pinned) => void;
  mayAlert: boolean;
  /** May connect a source of numbers to the cluster. */
  mayConnect: boolean;
};

const RightsContext = createContext<ChartRights>({ mayAlert: false, mayConnect: false });
export const ChartRightsProvider = RightsContext.Provider;
export const useChartRights = (): ChartRights => useContext(RightsContext);

/** What can be done with a chart: pin one of its lines, be alerted by it, look further, take the numbers. */
export function ChartMenu({
  clusterId,
  title,
  lines,
}: {
  clusterId: string;
  title: string;
  lines: readonly SeriesLine[];
}) {
  const { onPin, mayAlert } = useChartRights();
  const [range] = useRange();
  const [compare] = useCompare();
  const [first] = lines;
  if (!first) return null;
  const isMany = factsOfSeries(first.kind).subject !== 'cluster';
  return (
    <Menu
      trigger={
        <Button variant="bare" size="sm" isSquare aria-label={`More of ${title}`}>
          <Ellipsis className="ic" aria-hidden="true" />
        </Button>
      }
    >
      {onPin
        ? lines.slice(0, 6).map((line) => {
            const named = line.label ?? nameOfSeries(line.kind, line.name ?? '');
            return (
              <MenuItem
                key={`${line.kind} ${line.name}`}
                onSelect={() =>
                  onPin({
                    clusterId,
                    kind: line.kind,
                    name: line.name ?? '',
                    title: lines.length > 1 || !line.name ? `${title}: ${named}` : title,
                  })
                }
              >
                {lines.length > 1 ? `Pin ${named} to a board` : 'Pin to a board'}
              </MenuItem>
            );
          })
        : null}
      {mayAlert ? (
        <MenuLink>
          <Link href={paths.newAlertRule({ cluster: clusterId, kind: first.kind, name: first.name })}>
            Alert me
          </Link>
        </MenuLink>
      ) : null}
      {isMany ? (
        <MenuLink>
          <Link href={paths.exploreMetrics(clusterId, { kind: first.kind, range: range.text })}>
            Compare all in the explorer
          </Link>
        </MenuLink>
      ) : null}
      <MenuSeparator />
      <MenuLink>
        <a href={seriesCsvUrl({ clusterId, series: lines, range: range.text, compare })} download>
          Download as CSV
        </a>
      </MenuLink>
    </Menu>
  );
}
