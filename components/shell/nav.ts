import type { EnvironmentName } from '#components/ui/environment.tsx';
import type { MarkName } from '#components/ui/mark.tsx';
import { paths } from '#lib/paths.ts';

/** A cluster as the rail shows it. */
export type ShellCluster = {
  id: string;
  name: string;
  environment: EnvironmentName;
  kafkaVersion: string | null;
  /** Mark of the worst that is known of it. */
  severity: MarkName;
  /** The worst in one sentence. */
  worst: string;
};

/** How many of a kind are in trouble, with the mark of the worst and its word. */
export type Trouble = { count: number; mark: MarkName; word: string };
export type ClusterTrouble = { brokers?: Trouble; topics?: Trouble; groups?: Trouble };
/** Of all clusters. */
export type FleetTrouble = { alerts?: Trouble | undefined };

export type NavItem = { label: string; href: string; keys?: string; trouble?: Trouble };
export type NavSection = { label: string | null; items: NavItem[] };

/** What the rail leads to. Only pages that exist. */
export function navOf(
  clusterId: string | null,
  trouble: ClusterTrouble & FleetTrouble,
  can: { audit: boolean },
): NavSection[] {
  const sections: NavSection[] = [];
  if (clusterId !== null) {
    sections.push({
      label: null,
      items: [
        { label: 'Overview', href: paths.overview(clusterId), keys: 'g o' },
        { label: 'Brokers', href: paths.brokers(clusterId), keys: 'g b', trouble: trouble.brokers },
        { label: 'Topics', href: paths.topics(clusterId), keys: 'g t', trouble: trouble.topics },
        { label: 'Groups', href: paths.groups(clusterId), keys: 'g c', trouble: trouble.groups },
        { label: 'Metrics', href: paths.metrics(clusterId), keys: 'g m' },
      ],
    });
  }
  sections.push({
    label: 'All clusters',
    items: [
      { label: 'Fleet', href: paths.fleet() },
      { label: 'Alerts', href: paths.alerts(), keys: 'g w', trouble: trouble.alerts },
      { label: 'Boards', href: paths.boards() },
      ...(can.audit ? [{ label: 'Audit', href: paths.audit() }] : []),
      { label: 'Settings', href: paths.settings() },
    ],
  });
  return sections;
}

/** Which item of the rail a page belongs to: the longest address that it begins with. */
export function currentHref(sections: readonly NavSection[], pathname: string): string | null {
  const hrefs = sections.flatMap((section) => section.items.map((item) => item.href));
  const fits = (href: string) => pathname === href || (href !== '/' && pathname.startsWith(`${href}/`));
  return hrefs.filter(fits).sort((a, b) => b.length - a.length)[0] ?? null;
}
