'use client';

import { useMemo, useState } from 'react';
import { DataTable } from '#components/data-table/data-table.tsx';
import { useListUrl } from '#components/data-table/use-list-url.ts';
import { NoResults } from '#components/feedback/faces.tsx';
import { Button } from '#components/ui/button.tsx';
import { SearchInput } from '#components/ui/input.tsx';
import { Segmented } from '#components/ui/segmented.tsx';
import { useLiveQuery } from '#lib/client/use-live-query.ts';
import { formatCount, formatCountOf } from '#lib/format.ts';
import type { ConfigChanges, ConfigEntry, ConfigList } from '#lib/model/config.ts';
import type { TopicDetail } from '#lib/model/topic.ts';
import { apiPath } from '#lib/paths.ts';
import { ConfigPlanDialog } from '../../config-plan-dialog.tsx';
import type { TopicsViewer } from '../../topics-viewer.ts';
import { configColumns } from './config-columns.tsx';
import { ConfigEditor } from './config-editor.tsx';

type Show = 'all' | 'own';
type Change = ConfigChanges[number];

const matches = (entry: ConfigEntry, needle: string): boolean =>
  entry.name.includes(needle) ||
  (entry.value ?? '').toLowerCase().includes(needle) ||
  (entry.documentation ?? '').toLowerCase().includes(needle);

/** Every config of the topic; changes are gathered here, shown as a diff, and applied together. */
export function TopicConfig({ viewer, initial }: { viewer: TopicsViewer; initial: TopicDetail }) {
  const { clusterId, may } = viewer;
  const topic = initial.name;
  const list = useListUrl({ sort: 'name', filters: ['show'] });
  const [editing, setEditing] = useState<string | null>(null);
  const [changes, setChanges] = useState<ReadonlyMap<string, Change>>(new Map());
  const [isPlanned, setPlanned] = useState(false);
  const live = useLiveQuery<ConfigList>({
    clusterId,
    url: apiPath('/clusters/[clusterId]/topics/[topic]/configs', { clusterId, topic }),
  });
  const entries = live.data?.entries;
  const show = (list.filters.show || 'all') as Show;
  const needle = list.q.trim().toLowerCase();
  const own = entries?.filter((entry) => entry.source === 'topic').length ?? 0;
  const rows = useMemo(
    () =>
      entries
        ?.filter((entry) => (show === 'own' ? entry.source === 'topic' : true) && matches(entry, needle))
        .sort(
          (a, b) => Number(b.source === 'topic') - Number(a.source === 'topic') || (a.name < b.name ? -1 : 1),
        ),
    [entries, show, needle],
  );
  const change = (next: Change | null, name: string) => {
    const copy = new Map(changes);
    if (next) copy.set(name, next);
    else copy.delete(name);
    setChanges(copy);
    setEditing(null);
  };
  const columns = useMemo(
    () => configColumns({ changes, onEdit: may.configure ? setEditing : null }),
    [changes, may.configure],
  );
  const asked = [...(list.q ? [list.q] : []), ...(show === 'own' ? ['Set here only'] : [])];
  return (
    <div className="pt-3.5">
      <DataTable
        caption={`Config of ${topic}`}
        columns={columns}
        rows={rows}
        rowKey={(entry) => entry.name}
        rowLabel={(entry) => entry.name}
        density="two"
        openKey={editing}
        onOpen={(entry) => setEditing(editing === entry.name ? null : entry.name)}
        tools={
          <>
            <SearchInput
              label="Key, value or meaning"
              value={list.q}
              onChange={(event) => list.setQ(event.target.value)}
            />
            <Segmented
              label="Which keys"
              value={show}
              onChange={(value) => list.setFilter('show', value === 'all' ? '' : value)}
              segments={[
                { value: 'all', label: 'All', count: entries ? formatCount(entries.length) : undefined },
                { value: 'own', label: 'Set here only', count: entries ? formatCount(own) : undefined },
              ]}
            />
          </>
        }
        detail={(entry) =>
          editing === entry.name ? (
            <ConfigEditor
              entry={entry}
              change={changes.get(entry.name) ?? null}
              canEdit={may.configure && !entry.isReadOnly}
              whyNot={
                entry.isReadOnly
                  ? 'Kafka lets nobody change this key here.'
                  : viewer.isReadOnly
                    ? 'The cluster is read-only.'
                    : 'Only an operator can change it.'
              }
              onChange={(next) => change(next, entry.name)}
              onClose={() => setEditing(null)}
            />
          ) : null
        }
        loading="Asking a broker for the config."
        empty={
          asked.length > 0 ? (
            <NoResults
              noun="key"
              asked={asked}
              total={formatCountOf(entries?.length ?? 0, 'key', 'keys')}
              onClear={list.clear}
            />
          ) : null
        }
        problem={live.problem ?? null}
        onRetry={live.refetch}
        missing={live.data?.missing}
      />
      {changes.size > 0 ? (
        <section className="bulk" aria-label="Changes that are not applied yet">
          <span role="status">
            <b>{formatCountOf(changes.size, 'change', 'changes')}</b>{' '}
            <span className="text-ink-3">not applied</span>
          </span>
          <Button variant="primary" size="sm" onClick={() => setPlanned(true)}>
            Review {formatCountOf(changes.size, 'change', 'changes')}
          </Button>
          <Button variant="bare" size="sm" onClick={() => setChanges(new Map())}>
            Discard
          </Button>
        </section>
      ) : null}
      {isPlanned && changes.size > 0 ? (
        <ConfigPlanDialog
          viewer={viewer}
          topics={[topic]}
          changes={[...changes.values()]}
          unchanged={entries ? entries.length - changes.size : undefined}
          onClose={() => setPlanned(false)}
          onDone={() => {
            setPlanned(false);
            setChanges(new Map());
            live.refetch();
          }}
        />
      ) : null}
    </div>
  );
}
