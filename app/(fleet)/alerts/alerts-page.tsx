import type { ReactNode } from 'react';
import { type Crumb, Page } from '#components/shell/bar.tsx';
import { PageHead } from '#components/ui/section.tsx';
import { Tabs } from '#components/ui/tabs.tsx';
import { allows } from '#lib/model/permission.ts';
import type { Principal } from '#lib/model/principal.ts';
import { paths } from '#lib/paths.ts';

type Face = 'now' | 'history' | 'rules' | 'silences' | 'delivery';

const faces: Record<Face, { label: string; href: string }> = {
  now: { label: 'Now', href: paths.alerts() },
  history: { label: 'History', href: paths.alertHistory() },
  rules: { label: 'Rules', href: paths.alertRules() },
  silences: { label: 'Silences', href: paths.alertSilences() },
  delivery: { label: 'Delivery', href: paths.alertDelivery() },
};

/** A page of the alerts with its tabs; `crumb` is an object below the face. */
export function AlertsPage({
  face,
  viewer,
  crumb,
  hasRange,
  actions,
  children,
}: {
  face: Face;
  viewer: Principal;
  crumb?: Crumb;
  hasRange?: boolean;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const { label, href } = faces[face];
  const shown = (Object.keys(faces) as Face[]).filter(
    (one) => one !== 'delivery' || allows(viewer.role, 'channel:read'),
  );
  return (
    <Page
      crumbs={[
        { label: 'Alerts', href: paths.alerts() },
        { label, ...(crumb ? { href } : {}) },
        ...(crumb ? [crumb] : []),
      ]}
      hasRange={hasRange}
    >
      <PageHead title="Alerts" actions={actions} />
      <Tabs label="Alerts" tabs={shown.map((one) => ({ ...faces[one], isCurrent: one === face }))} />
      <div className="mt-4">{children}</div>
    </Page>
  );
}
