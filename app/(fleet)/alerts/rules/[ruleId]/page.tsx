import type { Metadata } from 'next';
import { ProblemNotice } from '#components/feedback/problem-notice.tsx';
import { allows } from '#lib/model/permission.ts';
import { ask, viewerOfPage } from '#lib/operations/ask.ts';
import { listClusters } from '#lib/services/cluster/list-clusters.ts';
import { readRule } from '#lib/services/rule/read-rule.ts';
import { AlertsPage } from '../../alerts-page.tsx';
import { RuleForm } from '../rule-form.tsx';
import { RemoveRule } from './remove-rule.tsx';

export const metadata: Metadata = { title: 'Alert rule' };

export default async function RulePage({ params }: { params: Promise<{ ruleId: string }> }) {
  const { ruleId } = await params;
  const [viewer, rule, clusters] = await Promise.all([
    viewerOfPage(),
    ask(readRule, { ruleId }),
    ask(listClusters, {}),
  ]);
  if (!rule.ok || !clusters.ok) {
    const problem = !rule.ok ? rule.problem : !clusters.ok ? clusters.problem : null;
    return (
      <AlertsPage face="rules" viewer={viewer}>
        {problem ? <ProblemNotice problem={problem} /> : null}
      </AlertsPage>
    );
  }
  const mayChange = allows(viewer.role, 'alert:update');
  return (
    <AlertsPage face="rules" viewer={viewer} crumb={{ label: rule.value.name }}>
      <RuleForm
        key={rule.value.version}
        rule={rule.value}
        start={rule.value}
        clusters={clusters.value.rows.map(({ id, name }) => ({ id, name }))}
        mayChange={mayChange}
      />
      {mayChange ? (
        <RemoveRule id={rule.value.id} name={rule.value.name} version={rule.value.version} />
      ) : null}
    </AlertsPage>
  );
}
