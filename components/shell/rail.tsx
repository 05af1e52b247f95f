'use client';

import { ChevronsUpDown, Search } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { BrandMark } from '#components/ui/brand.tsx';
import { EnvChip } from '#components/ui/environment.tsx';
import { Kbd } from '#components/ui/kbd.tsx';
import { Mark } from '#components/ui/mark.tsx';
import { Menu, MenuHeading, MenuLink, MenuSeparator } from '#components/ui/menu.tsx';
import { formatCount } from '#lib/format.ts';
import { paths } from '#lib/paths.ts';
import type { NavSection, ShellCluster } from './nav.ts';
import { currentHref } from './nav.ts';
import { useShell } from './shell-context.tsx';
import type { UserMenuProps } from './user-menu.tsx';
import { UserMenu } from './user-menu.tsx';

function ClusterSwitcher({
  clusters,
  cluster,
}: {
  clusters: readonly ShellCluster[];
  cluster: ShellCluster | null;
}) {
  return (
    <Menu
      align="start"
      width={320}
      trigger={
        <button type="button" className="switch">
          <span className="nm">
            <span>{cluster?.name ?? 'All clusters'}</span>
            <ChevronsUpDown className="ic text-ink-3" aria-hidden="true" />
          </span>
          <span className="two">
            {cluster ? <EnvChip environment={cluster.environment} /> : `${clusters.length} in the fleet`}
            {cluster?.kafkaVersion ? <span>Kafka {cluster.kafkaVersion}</span> : null}
          </span>
        </button>
      }
    >
      {clusters.length > 0 ? <MenuHeading>Clusters</MenuHeading> : null}
      {clusters.map((each) => (
        <MenuLink key={each.id}>
          <Link href={paths.overview(each.id)} aria-current={each.id === cluster?.id ? 'true' : undefined}>
            <span className="min-w-0 py-1">
              <span className="flex items-center gap-2 font-medium">
                <Mark name={each.severity} word={each.severity} />
                {each.name}
                <EnvChip environment={each.environment} />
              </span>
              <span className="two truncate">{each.worst}</span>
            </span>
          </Link>
        </MenuLink>
      ))}
      {clusters.length > 0 ? <MenuSeparator /> : null}
      <MenuLink>
        <Link href={paths.fleet()}>All clusters</Link>
      </MenuLink>
    </Menu>
  );
}

export type RailProps = UserMenuProps & {
  clusters: readonly ShellCluster[];
  cluster: ShellCluster | null;
  sections: readonly NavSection[];
  hasPalette: boolean;
};

/** The rail: mark, cluster, find, the way to every page with its trouble, and who is signed in. */
export function Rail({ clusters, cluster, sections, hasPalette, ...user }: RailProps) {
  const pathname = usePathname();
  const { openPalette } = useShell();
  const current = currentHref(sections, pathname);
  return (
    <>
      <Link className="brand" href={paths.fleet()}>
        <BrandMark size={20} />
        Millrace
      </Link>
      <ClusterSwitcher clusters={clusters} cluster={cluster} />
      {hasPalette ? (
        <button type="button" className="find" onClick={openPalette}>
          <Search className="ic" aria-hidden="true" />
          <span className="say">Find or run</span>
          <Kbd isHidden>⌘K</Kbd>
        </button>
      ) : null}
      {sections.map((section) => (
        <nav
          className="nav"
          key={section.label ?? 'cluster'}
          aria-label={section.label ?? cluster?.name ?? 'Cluster'}
        >
          {section.label ? <h2>{section.label}</h2> : null}
          {section.items.map((item) => (
            <Link key={item.href} href={item.href} aria-current={item.href === current ? 'page' : undefined}>
              {item.label}
              {item.trouble && item.trouble.count > 0 ? (
                <span className="ct" title={`${formatCount(item.trouble.count)} ${item.trouble.word}`}>
                  {formatCount(item.trouble.count)}
                  <Mark name={item.trouble.mark} word={item.trouble.word} />
                </span>
              ) : null}
            </Link>
          ))}
        </nav>
      ))}
      <UserMenu {...user} />
    </>
  );
}
