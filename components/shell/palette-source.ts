import { getJson } from '#lib/client/get-json.ts';
import type { Role } from '#lib/model/principal.ts';
import { isAtLeast } from '#lib/model/role.ts';
import type { SearchAnswer } from '#lib/model/search.ts';
import { apiPath, paths } from '#lib/paths.ts';
import type { PaletteItem, PaletteSource } from './palette-items.ts';
import { sectionsOf } from './search-sections.ts';

/** What the palette finds through the server, and the acts it offers; an act always opens its form or plan. */
export function paletteSource(clusterId: string | null, role: Role): PaletteSource {
  return {
    initial: [{ title: 'Do', items: acts(clusterId, role, '') }],
    search: async (query, signal) => {
      const found = await getJson<SearchAnswer>(apiPath('/search', { q: query, clusterId }), signal);
      return [...sectionsOf(found, clusterId), { title: 'Do', items: acts(clusterId, role, query) }].filter(
        (section) => section.items.length > 0,
      );
    },
  };
}

function acts(clusterId: string | null, role: Role, query: string): PaletteItem[] {
  const items: PaletteItem[] = [];
  const mayBeTopic = /^[A-Za-z0-9._-]{1,249}$/.test(query);
  if (clusterId !== null && isAtLeast(role, 'operator')) {
    items.push(
      mayBeTopic
        ? {
            id: 'create-topic',
            verb: 'Create topic named',
            name: query,
            isName: true,
            href: `${paths.newTopic(clusterId)}?name=${encodeURIComponent(query)}`,
          }
        : { id: 'create-topic', name: 'Create a topic', href: paths.newTopic(clusterId) },
    );
  }
  if (isAtLeast(role, 'admin'))
    items.push({ id: 'add-cluster', name: 'Add a cluster', href: paths.newCluster() });
  if (isAtLeast(role, 'operator'))
    items.push({ id: 'open-audit', name: 'Open the audit', href: paths.audit() });
  items.push({ id: 'open-alerts', name: 'Open the alerts', href: paths.alerts() });
  if (clusterId !== null) {
    items.push({ id: 'open-metrics', name: 'Open metrics', href: paths.metrics(clusterId) });
    items.push({
      id: 'explore-metrics',
      name: 'Explore metrics: which grew most?',
      href: paths.exploreMetrics(clusterId),
    });
  }
  items.push({ id: 'open-boards', name: 'Open the boards', href: paths.boards() });
  items.push({ id: 'open-fleet', name: 'Open the fleet', href: paths.fleet() });
  items.push({ id: 'open-tokens', name: 'Manage access tokens', href: paths.tokens() });
  const needle = query.toLowerCase();
  return items.filter(
    (item) => item.id === 'create-topic' || needle === '' || item.name.toLowerCase().includes(needle),
  );
}
