import type { Metadata } from 'next';
import { ProblemNotice } from '#components/feedback/problem-notice.tsx';
import { ask, viewerOfPage } from '#lib/operations/ask.ts';
import { listTokens } from '#lib/services/token/list-tokens.ts';
import { SettingsPage } from '../settings-page.tsx';
import { TokensView } from './tokens-view.tsx';

export const metadata: Metadata = { title: 'Access tokens' };

export default async function TokensPage() {
  const [viewer, tokens] = await Promise.all([viewerOfPage(), ask(listTokens, {})]);
  return (
    <SettingsPage face="tokens" viewer={viewer}>
      {tokens.ok ? (
        <TokensView initial={tokens.value} role={viewer.role} />
      ) : (
        <ProblemNotice problem={tokens.problem} />
      )}
    </SettingsPage>
  );
}
