import type { ReactNode } from 'react';
import { type Crumb, Page } from '#components/shell/bar.tsx';
import { PageHead } from '#components/ui/section.tsx';
import { Tabs } from '#components/ui/tabs.tsx';
import { allows } from '#lib/model/permission.ts';
import type { Principal } from '#lib/model/principal.ts';
import { paths } from '#lib/paths.ts';

type Face = 'clusters' | 'users' | 'tokens' | 'sessions' | 'api';

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
    ...(isAdmin ? [{ face: 'clusters' as const, href: paths.settingsClusters(), label: 'Clusters' }] : []),
    ...(isAdmin ? [{ face: 'users' as const, href: paths.users(), label: 'Users' }] : []),
    { face: 'tokens' as const, href: paths.tokens(), label: 'Access tokens' },
    { face: 'sessions' as const, href: paths.sessions(), label: 'Sessions and password' },
    { face: 'api' as const, href: paths.apiReference(), label: 'API' },
  ];
  const current = tabs.find((tab) => tab.face === face);
  return (
    <Page
      crumbs={[
        { label: 'Settings', href: paths.settings() },
        { label: current?.label ?? '', ...(crumb && current ? { href: current.href } : {}) },
        ...(crumb ? [crumb] : []),
      ]}
    >
      <PageHead title="Settings" actions={actions} />
      <Tabs
        label="Settings"
        tabs={tabs.map((tab) => ({ href: tab.href, label: tab.label, isCurrent: tab.face === face }))}
      />
      <div className="mt-4">{children}</div>
    </Page>
  );
}
