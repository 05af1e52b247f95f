'use client';

import Link from 'next/link';
import type { Column } from '#components/data-table/column.ts';
import { DataTable } from '#components/data-table/data-table.tsx';
import { Empty } from '#components/feedback/faces.tsx';
import { ButtonLink } from '#components/ui/button.tsx';
import { TimeAgo } from '#components/values/time.tsx';
import type { MaskPolicy } from '#lib/model/mask.ts';
import { paths } from '#lib/paths.ts';
import { ruleInWords, whoSees } from './mask-words.ts';

const shownRules = 4;

const columnsFor = (mayChange: boolean): Column<MaskPolicy>[] => [
  {
    id: 'name',
    header: 'Policy',
    cell: (row) =>
      mayChange ? (
        <Link href={paths.mask(row.id)} className="font-semibold">
          {row.name}
        </Link>
      ) : (
        <b>{row.name}</b>
      ),
  },
  {
    id: 'topics',
    header: 'Topics',
    cell: (row) => (
      <>
        <span className="name break-all">{row.topicPattern}</span>
        <span className="text-ink-3"> on {row.clusterId ?? 'all clusters'}</span>
      </>
    ),
  },
  { id: 'rules', header: 'What', cell: (row) => <Rules policy={row} /> },
  { id: 'sees', header: 'Who sees it all the same', cell: (row) => whoSees(row.unmaskRole) },
  { id: 'changed', header: 'Changed', rank: 2, cell: (row) => <TimeAgo at={row.updatedAt} /> },
];

function Rules({ policy: { base, rules } }: { policy: MaskPolicy }) {
  const more = rules.length - shownRules;
  return (
    <>
      {base === 'mask' ? <div>Everything masked{rules.length > 0 ? ', but:' : ''}</div> : null}
      {rules.slice(0, shownRules).map((rule, index) => {
        const { place, act } = ruleInWords(rule);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: rules have no name but their place
          <div key={index}>
            <span className="name break-all">{place}</span> <span className="text-ink-3">{act}</span>
          </div>
        );
      })}
      {more > 0 ? <div className="text-ink-3">and {more} more</div> : null}
    </>
  );
}

const columns = { change: columnsFor(true), look: columnsFor(false) };

/** Masking policies with what each hides, and from whom. */
export function MasksTable({ rows, mayChange }: { rows: readonly MaskPolicy[]; mayChange: boolean }) {
  return (
    <DataTable
      caption="Masking policies"
      columns={mayChange ? columns.change : columns.look}
      rows={rows}
      rowKey={(row) => row.id}
      rowLabel={(row) => row.name}
      density="normal"
      isSticky={false}
      empty={
        <Empty
          title="Nothing is masked"
          actions={
            mayChange ? (
              <ButtonLink href={paths.newMask()} variant="primary">
                Add policy
              </ButtonLink>
            ) : null
          }
        >
          Whoever may read messages sees all of each record. A policy hides fields of topics from roles: in
          lists, searches, tails, exports and downloads alike.
        </Empty>
      }
    />
  );
}
