'use client';

import { type ReactNode, useMemo, useState } from 'react';
import { DataTable } from '#components/data-table/data-table.tsx';
import { useListUrl } from '#components/data-table/use-list-url.ts';
import { NoResults } from '#components/feedback/faces.tsx';
import { Button } from '#components/ui/button.tsx';
import { SearchInput } from '#components/ui/input.tsx';
import { Segmented } from '#components/ui/segmented.tsx';
import { useLiveQuery } from '#lib/client/use-live-query.ts';
import { formatCount, formatCountOf } from '#lib/format.ts';
import type { ConfigChanges, ConfigEntry, ConfigList } from '#lib/model/config.ts';
import { configColumns } from './config-columns.tsx';
import { ConfigEditor } from './config-editor.tsx';

type Show = 'all' | 'own';

/** Brokers have hundreds of keys; a topic's fit on one page. */
const pageSize = 50;
type Change = ConfigChanges[number];

const matches = (entry: ConfigEntry, needle: string): boolean =>
  entry.name.includes(needle) ||
  (entry.value ?? '').toLowerCase().includes(needle) ||
  (entry.documentation ?? '').toLowerCase().includes(needle);

/** What the plan of the gathered changes is drawn from. */
export type PlannedChanges = {
  changes: ConfigChanges;
  unchanged: number | undefined;
  onClose: () => void;
  onDone: () => void;
};

/** Every config of one thing; changes are gathered here, shown as a diff by `plan`, and applied together. */
export function ConfigTable({
  clusterId,
  caption,
  url,
  ownSource,
  whyNot,
  plan,
}: {
  clusterId: string;
  caption: string;
  /** The GET that answers with the configs. */
  url: string;
  /** The source that means "set on this very thing". */
  ownSource: ConfigEntry['source'];
  /** Why nothing can be changed; null when it can. */
  whyNot: string | null;
  plan: (planned: PlannedChanges) => ReactNode;
}) {
  const list = useListUrl({ sort: 'name', filters: ['show'] });
  const [editing, setEditing] = useState<string | null>(null);
  const [changes, setChanges] = useState<ReadonlyMap<string, Change>>(new Map());
  const [isPlanned, setPlanned] = useState(false);
  const live = useLiveQuery<ConfigList>({ clusterId, url });
  const entries = live.data?.entries;
  const show = (list.filters.show || 'all') as Show;
  const needle = list.q.trim().toLowerCase();
  const own = entries?.filter((entry) => entry.source === ownSource).length ?? 0;
  const rows = useMemo(
    () =>
      entries
        ?.filter((entry) => (show === 'own' ? entry.source === ownSource : true) && matches(entry, needle))
        .sort(
          (a, b) =>
            Number(b.source === ownSource) - Number(a.source === ownSource) || (a.name < b.name ? -1 : 1),
        ),
    [entries, show, needle, ownSource],
  );
  const change = (next: Change | null, name: string) => {
    const copy = new Map(changes);
    if (next) copy.set(name, next);
    else copy.delete(name);
    setChanges(copy);
    setEditing(null);
  };
  const columns = useMemo(
    () => configColumns({ changes, ownSource, onEdit: whyNot === null ? setEditing : null }),
    [changes, ownSource, whyNot],
  );
  const asked = [...(list.q ? [list.q] : []), ...(show === 'own' ? ['Set here only'] : [])];
  return (
    <div className="pt-3.5">
      <DataTable
        caption={caption}
        columns={columns}
        rows={rows?.slice((list.page - 1) * pageSize, list.page * pageSize)}
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
              ownSource={ownSource}
              whyNot={entry.isReadOnly ? 'Kafka lets nobody change this key here.' : whyNot}
              onChange={(next) => change(next, entry.name)}
              onClose={() => setEditing(null)}
            />
          ) : null
        }
        paging={{ page: list.page, pageSize, total: rows?.length ?? 0, onPage: list.setPage }}
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
      {isPlanned && changes.size > 0
        ? plan({
            changes: [...changes.values()],
            unchanged: entries ? entries.length - changes.size : undefined,
            onClose: () => setPlanned(false),
            onDone: () => {
              setPlanned(false);
              setChanges(new Map());
              live.refetch();
            },
          })
        : null}
    </div>
  );
}
