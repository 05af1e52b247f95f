import type { Metadata } from 'next';
import { ProblemNotice } from '#components/feedback/problem-notice.tsx';
import { ask, viewerOfPage } from '#lib/operations/ask.ts';
import { listSessions } from '#lib/services/session/list-sessions.ts';
import { SettingsPage } from '../settings-page.tsx';
import { SessionsView } from './sessions-view.tsx';

export const metadata: Metadata = { title: 'Sessions and password' };

export default async function SessionsPage() {
  const [viewer, sessions] = await Promise.all([viewerOfPage(), ask(listSessions, {})]);
  return (
    <SettingsPage face="sessions" viewer={viewer}>
      {sessions.ok ? <SessionsView initial={sessions.value} /> : <ProblemNotice problem={sessions.problem} />}
    </SettingsPage>
  );
}
