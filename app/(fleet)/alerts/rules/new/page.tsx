import type { Metadata } from 'next';
import { ProblemNotice } from '#components/feedback/problem-notice.tsx';
import { alertOffers } from '#lib/model/alert-offers.ts';
import { allows } from '#lib/model/permission.ts';
import { factsOfSeries, seriesKinds } from '#lib/model/series-kinds.ts';
import { ask, viewerOfPage } from '#lib/operations/ask.ts';
import { inputOfPage } from '#lib/operations/page-input.ts';
import { listClusters } from '#lib/services/cluster/list-clusters.ts';
import { AlertsPage } from '../../alerts-page.tsx';
import { OfferChoice } from '../offer-choice.tsx';
import { RuleForm } from '../rule-form.tsx';
import { firstCondition } from '../rule-values.ts';

export const metadata: Metadata = { title: 'Add an alert rule' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function NewRulePage({ searchParams }: Props) {
  const search = inputOfPage(await searchParams, ['kind', 'name', 'cluster', 'offer']);
  const [viewer, clusters] = await Promise.all([viewerOfPage(), ask(listClusters, {})]);
  return (
    <AlertsPage face="rules" viewer={viewer} crumb={{ label: 'Add a rule' }}>
      {clusters.ok ? (
        <>
          <OfferChoice current={search.offer ?? ''} />
          <RuleForm
            key={JSON.stringify(search)}
            rule={null}
            start={startOf(search)}
            clusters={clusters.value.rows.map(({ id, name }) => ({ id, name }))}
            mayChange={allows(viewer.role, 'alert:update')}
          />
        </>
      ) : (
        <ProblemNotice problem={clusters.problem} />
      )}
    </AlertsPage>
  );
}

/** What the form begins with: an offered rule, or the series of a chart with the object it was of. */
function startOf({ kind, name = '', cluster, offer }: Record<string, string>) {
  const offered = alertOffers.find(({ rule }) => rule.name === offer)?.rule;
  if (offered) return offered;
  const series = seriesKinds.find((one) => one === kind) ?? 'group.lag-time';
  const { title, subject } = factsOfSeries(series);
  const isNamed = name !== '' && subject !== 'cluster';
  return {
    name: kind ? `${title}${isNamed ? ` of ${name.replace('\t', ' on ')}` : ''}`.slice(0, 80) : '',
    series,
    condition: kind ? firstCondition(series) : ({ is: 'above', value: 900_000, clear: 300_000 } as const),
    scope: {
      clusters: cluster ? [cluster] : [],
      environments: [],
      names: isNamed ? name : '*',
      except: '',
    },
  };
}
