'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useMemo, useState } from 'react';
import { conditionInWords, scopeInWords, severityWords } from '#components/alert/rule-words.ts';
import type { Column, RowAction } from '#components/data-table/column.ts';
import { DataTable } from '#components/data-table/data-table.tsx';
import { Empty, NoResults } from '#components/feedback/faces.tsx';
import { ProblemLine } from '#components/feedback/problem-notice.tsx';
import { ButtonLink } from '#components/ui/button.tsx';
import { SearchInput } from '#components/ui/input.tsx';
import { State } from '#components/ui/mark.tsx';
import { Segmented } from '#components/ui/segmented.tsx';
import { showToast } from '#components/ui/toasts.tsx';
import { Term } from '#components/ui/tooltip.tsx';
import { Count } from '#components/values/numbers.tsx';
import { TimeAgo } from '#components/values/time.tsx';
import { clipMiddle, formatCountOf } from '#lib/format.ts';
import { alertSeverities } from '#lib/model/alert-rule.ts';
import type { Problem } from '#lib/model/problem.ts';
import { factsOfSeries, type SeriesFacts } from '#lib/model/series-kinds.ts';
import { paths } from '#lib/paths.ts';
import type { RuleRow } from '#lib/services/rule/list-rules.ts';
import { switchRuleAction } from './actions.ts';
import { AdoptRules } from './adopt-rules.tsx';

const columns: Column<RuleRow>[] = [
  {
    id: 'name',
    header: 'Rule',
    cell: (row) => (
      <Link href={paths.alertRule(row.id)} className="font-semibold">
        {row.name}
      </Link>
    ),
  },
  { id: 'state', header: 'State', cell: (row) => <RuleState row={row} /> },
  {
    id: 'severity',
    header: 'Severity',
    rank: 2,
    cell: (row) => <span className="text-ink-2">{severityWords[row.severity]}</span>,
  },
  { id: 'when', header: 'When', cell: (row) => conditionInWords(row) },
  { id: 'scope', header: 'Where', rank: 3, cell: (row) => <Where row={row} /> },
  {
    id: 'lately',
    header: 'In 7 days',
    align: 'right',
    cell: (row) => <Count value={row.lately} />,
  },
  {
    id: 'owner',
    header: 'Owner',
    isOptional: true,
    cell: (row) => row.owner || <span className="text-ink-3">Nobody named</span>,
  },
  { id: 'changed', header: 'Changed', isOptional: true, cell: (row) => <TimeAgo at={row.updatedAt} /> },
];

function Where({ row }: { row: RuleRow }) {
  const { names, place } = scopeInWords(row.scope, row.series);
  if (names === null || names === '*') return <span className="text-ink-3">{place}</span>;
  return (
    <>
      <span className="name" title={names}>
        {clipMiddle(names, 22)}
      </span>{' '}
      <span className="text-ink-3">on {place}</span>
    </>
  );
}

/** What has to be there for a series to be told. */
const needs: Readonly<Record<SeriesFacts['from'], string>> = {
  cluster: 'No cluster that it is about has told this yet.',
  offsets: 'No cluster that it is about has told this yet.',
  logs: 'Brokers must tell their log directories.',
  endpoint: 'It needs a metrics endpoint on the brokers, named in the settings of the cluster.',
  canary: 'It needs the canary, which is switched on in the settings of the cluster.',
  connect: 'It needs the Connect workers, named in the settings of the cluster.',
};

function RuleState({ row }: { row: RuleRow }) {
  if (!row.isEnabled) return <State mark="off">Off</State>;
  if (row.open === 0 && !row.hasNumbers)
    return (
      <State mark="unknown">
        <Term tip={`${needs[factsOfSeries(row.series).from]} Until then this rule is quiet.`}>
          No numbers
        </Term>
      </State>
    );
  if (row.open === 0) return <State mark="ok">Quiet</State>;
  return (
    <Link href={paths.alerts({ ruleId: row.id })}>
      <State mark={row.severity}>{formatCountOf(row.open, 'open alert', 'open alerts')}</State>
    </Link>
  );
}

/** Rules with open alerts first, the gravest of them at the top. */
const rank = ({ open, severity }: RuleRow): number =>
  open === 0 ? -1 : alertSeverities.length - alertSeverities.indexOf(severity);

type Show = 'all' | 'open' | 'off';

/** Alert rules: those with open alerts first. */
export function RulesTable({ initial, mayChange }: { initial: readonly RuleRow[]; mayChange: boolean }) {
  const router = useRouter();
  const [q, setQ] = useState('');
  const [show, setShow] = useState<Show>('all');
  const [problem, setProblem] = useState<Problem | null>(null);
  const rows = useMemo(
    () =>
      [...initial]
        .sort((a, b) => rank(b) - rank(a) || b.open - a.open || a.name.localeCompare(b.name))
        .filter((row) => (show === 'open' ? row.open > 0 : show === 'off' ? !row.isEnabled : true))
        .filter((row) =>
          `${row.name} ${conditionInWords(row)} ${row.owner} ${row.scope.names}`
            .toLowerCase()
            .includes(q.toLowerCase()),
        ),
    [initial, q, show],
  );
  const turn = async (row: RuleRow) => {
    setProblem(null);
    const result = await switchRuleAction({ id: row.id, version: row.version, isEnabled: !row.isEnabled });
    if (!result.ok) return setProblem(result.problem);
    showToast({ outcome: 'good', title: `${row.name} is ${row.isEnabled ? 'off' : 'on'}.` });
    router.refresh();
  };
  const actions = (row: RuleRow): RowAction[] => [
    { label: mayChange ? 'Edit rule' : 'Look at rule', href: paths.alertRule(row.id) },
    ...(mayChange
      ? [{ label: row.isEnabled ? 'Switch off' : 'Switch on', onSelect: () => void turn(row) }]
      : []),
  ];
  const count = (one: Show) =>
    one === 'all'
      ? initial.length
      : initial.filter((row) => (one === 'open' ? row.open > 0 : !row.isEnabled)).length;
  const isFiltered = q !== '' || show !== 'all';
  return (
    <>
      {problem ? <ProblemLine problem={problem} title="Not changed." /> : null}
      <DataTable
        caption="Alert rules"
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
        rowLabel={(row) => row.name}
        density="normal"
        isGrey={(row) => !row.isEnabled}
        actions={actions}
        hasColumnMenu
        tools={
          initial.length > 0 ? (
            <>
              <SearchInput label="Find a rule" value={q} onChange={(event) => setQ(event.target.value)} />
              <Segmented
                label="Which rules"
                value={show}
                onChange={setShow}
                segments={[
                  { value: 'all', label: 'All', count: count('all') },
                  { value: 'open', label: 'With open alerts', count: count('open') },
                  { value: 'off', label: 'Off', count: count('off') },
                ]}
              />
            </>
          ) : undefined
        }
        empty={
          isFiltered ? (
            <NoResults
              noun="rule"
              asked={[
                ...(q === '' ? [] : [q]),
                ...(show === 'all' ? [] : [show === 'open' ? 'with open alerts' : 'off']),
              ]}
              total={formatCountOf(initial.length, 'rule', 'rules')}
              onClear={() => {
                setQ('');
                setShow('all');
              }}
            />
          ) : (
            <Empty
              title="No alert rule yet"
              actions={
                mayChange ? (
                  <>
                    <AdoptRules taken={[]} />
                    <ButtonLink href={paths.newAlertRule()}>Add one rule</ButtonLink>
                  </>
                ) : null
              }
            >
              A rule wakes somebody when a number or a state of a cluster is not as it should be. The rules
              for the first day need no numbers of yours: a cluster that does not answer, brokers that are
              down, refused writes, groups that stall or lose records, full disks, failed connectors,
              dead-letter topics.
            </Empty>
          )
        }
      />
      {mayChange && initial.length > 0 ? <AdoptRules taken={initial.map(({ name }) => name)} /> : null}
    </>
  );
}
