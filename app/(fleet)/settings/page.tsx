import { redirect } from 'next/navigation';
import { allows } from '#lib/model/permission.ts';
import { viewerOfPage } from '#lib/operations/ask.ts';
import { paths } from '#lib/paths.ts';

/** Settings open at what the viewer may change most. */
export default async function SettingsPage() {
  const viewer = await viewerOfPage();
  redirect(allows(viewer.role, 'cluster:update') ? paths.settingsClusters() : paths.tokens());
}
