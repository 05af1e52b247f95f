import type { ReactNode } from 'react';
import { type Crumb, Page } from '#components/shell/bar.tsx';
import { PageHead } from '#components/ui/section.tsx';
import { Tabs } from '#components/ui/tabs.tsx';
import { allows } from '#lib/model/permission.ts';
import type { Principal } from '#lib/model/principal.ts';
import { paths } from '#lib/paths.ts';

type Face = 'clusters' | 'users' | 'masks' | 'history' | 'tokens' | 'sessions' | 'api';

const labels: Record<Face, string> = {
  clusters: 'Clusters',
  users: 'Users',
  masks: 'Masking',
  history: 'History',
  tokens: 'Access tokens',
  sessions: 'Sessions and password',
  api: 'API',
};

/** A page of the settings: its tabs are those the viewer may open. */
export function SettingsPage({
  face,
  viewer,
  crumb,
  actions,
  children,
}: {
  face: Face;
  viewer: Principal;
  crumb?: Crumb;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const isAdmin = allows(viewer.role, 'cluster:update');
  const tabs = [
    ...(isAdmin
      ? [
          { face: 'clusters' as const, href: paths.settingsClusters() },
          { face: 'users' as const, href: paths.users() },
        ]
      : []),
    ...(allows(viewer.role, 'mask:read') ? [{ face: 'masks' as const, href: paths.masks() }] : []),
    ...(allows(viewer.role, 'metric:configure')
      ? [{ face: 'history' as const, href: paths.settingsHistory() }]
      : []),
    { face: 'tokens' as const, href: paths.tokens() },
    { face: 'sessions' as const, href: paths.sessions() },
    { face: 'api' as const, href: paths.apiReference() },
  ];
  const current = tabs.find((tab) => tab.face === face);
  return (
    <Page
      crumbs={[
        { label: 'Settings', href: paths.settings() },
        { label: labels[face], ...(crumb && current ? { href: current.href } : {}) },
        ...(crumb ? [crumb] : []),
      ]}
    >
      <PageHead title="Settings" actions={actions} />
      <Tabs
        label="Settings"
        tabs={tabs.map((tab) => ({ href: tab.href, label: labels[tab.face], isCurrent: tab.face === face }))}
      />
      <div className="mt-4">{children}</div>
    </Page>
  );
}
