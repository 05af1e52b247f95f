import type { Metadata } from 'next';
import { ProblemNotice } from '#components/feedback/problem-notice.tsx';
import { ask, viewerOfPage } from '#lib/operations/ask.ts';
import { readHistory } from '#lib/services/metric/read-history.ts';
import { SettingsPage } from '../settings-page.tsx';
import { HistoryForm } from './history-form.tsx';
import { HistoryLevels } from './history-levels.tsx';

export const metadata: Metadata = { title: 'History' };

export default async function HistoryPage() {
  const [viewer, history] = await Promise.all([viewerOfPage(), ask(readHistory, {})]);
  return (
    <SettingsPage face="history" viewer={viewer}>
      {history.ok ? (
        <div className="grid max-w-[760px] gap-6">
          <HistoryLevels state={history.value} />
          <HistoryForm key={history.value.version} state={history.value} />
        </div>
      ) : (
        <ProblemNotice problem={history.problem} />
      )}
    </SettingsPage>
  );
}
