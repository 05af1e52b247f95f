'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Bookmark, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { ProblemLine } from '#components/feedback/problem-notice.tsx';
import { CheckField, TextField } from '#components/forms/fields.tsx';
import { Form } from '#components/forms/form.tsx';
import { noAnswer, useActionForm } from '#components/forms/use-action-form.ts';
import { useOnce } from '#components/forms/use-once.ts';
import { Button, IconButton } from '#components/ui/button.tsx';
import { Popover } from '#components/ui/popover.tsx';
import { showToast } from '#components/ui/toasts.tsx';
import { useZone } from '#components/values/clock.tsx';
import { keys } from '#lib/client/keys.ts';
import { useLiveQuery } from '#lib/client/use-live-query.ts';
import type { Problem } from '#lib/model/problem.ts';
import type { SavedSearch } from '#lib/model/saved-search.ts';
import { apiPath } from '#lib/paths.ts';
import { deleteSearchAction, saveSearchAction } from '../actions.ts';
import type { MessageAddress } from '../message-address.ts';
import { addressOf, isSameSearch, searchOf, searchWords } from './search-words.ts';

type Props = {
  clusterId: string;
  topic: string;
  address: MessageAddress;
  /** Null, or why the one who looks may not save. */
  refusal: string | null;
  onOpen: (address: MessageAddress) => void;
};

const listUrl = (clusterId: string, topic: string) =>
  apiPath('/clusters/[clusterId]/topics/[topic]/searches', { clusterId, topic });

/** Searches that are kept with the topic: opened, saved and deleted here. */
export function SavedSearches(props: Props) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover
      label="Saved searches"
      align="end"
      width={380}
      isOpen={isOpen}
      onOpen={setOpen}
      trigger={
        <Button size="sm">
          <Bookmark className="ic" aria-hidden="true" /> Saved
        </Button>
      }
    >
      <SavedList {...props} onClose={() => setOpen(false)} />
    </Popover>
  );
}

function SavedList({ clusterId, topic, address, refusal, onOpen, onClose }: Props & { onClose: () => void }) {
  const url = listUrl(clusterId, topic);
  const list = useLiveQuery<{ rows: SavedSearch[] }>({ clusterId, url, everyMs: false });
  const client = useQueryClient();
  const once = useOnce();
  const [problem, setProblem] = useState<Problem | null>(null);
  const again = () => client.invalidateQueries({ queryKey: keys.of(clusterId, url) });
  const remove = async (gone: SavedSearch) => {
    const input = { clusterId, topic, id: gone.id };
    const result = await deleteSearchAction(input, once.of(input)).catch(() => ({
      ok: false as const,
      problem: noAnswer,
    }));
    once.answered();
    await again();
    if (!result.ok) {
      setProblem(result.problem);
      return;
    }
    setProblem(null);
    showToast({
      title: 'Search deleted.',
      children: gone.name,
      ...(gone.isOwn ? { action: { label: 'Undo', onSelect: () => void restore(gone) } } : {}),
    });
  };
  const restore = async ({ name, isShared, search }: SavedSearch) => {
    const input = { clusterId, topic, name, isShared, search };
    await saveSearchAction(input, { requestId: crypto.randomUUID() });
    await again();
  };
  const rows = list.data?.rows;
  const part = (heading: string, of: readonly SavedSearch[]) =>
    of.length === 0 ? null : (
      <section aria-label={heading}>
        <div className="hd">{heading}</div>
        {of.map((search) => (
          <SavedRow
            key={search.id}
            saved={search}
            isCurrent={isSameSearch(search.search, searchOf(address))}
            onOpen={() => {
              onClose();
              onOpen(addressOf(search.search));
            }}
            onDelete={search.isOwn ? () => void remove(search) : null}
          />
        ))}
      </section>
    );
  return (
    <>
      {problem ? <ProblemLine problem={problem} title="Not deleted." /> : null}
      {list.problem ? <ProblemLine problem={list.problem} title="The saved searches are not known." /> : null}
      {part(
        'Yours',
        (rows ?? []).filter((row) => row.isOwn),
      )}
      {part(
        'Shared by others',
        (rows ?? []).filter((row) => !row.isOwn),
      )}
      {rows ? null : list.problem ? null : (
        <p className="part text-xs text-ink-3">Asking for what was saved.</p>
      )}
      {rows?.length === 0 ? (
        <p className="part text-xs text-ink-3">
          No search of this topic has been saved. What is saved is what the bar says, not what was found.
        </p>
      ) : null}
      <div className="sep" />
      {refusal ? (
        <p className="part text-xs text-ink-3">{refusal}</p>
      ) : (
        <SaveForm
          clusterId={clusterId}
          topic={topic}
          address={address}
          own={(rows ?? []).filter((row) => row.isOwn)}
          onSaved={again}
        />
      )}
    </>
  );
}

function SavedRow({
  saved,
  isCurrent,
  onOpen,
  onDelete,
}: {
  saved: SavedSearch;
  isCurrent: boolean;
  onOpen: () => void;
  onDelete: (() => void) | null;
}) {
  const zone = useZone();
  return (
    <div className="flex items-center gap-1">
      <button type="button" className="it min-w-0 flex-1" aria-pressed={isCurrent} onClick={onOpen}>
        <span className="min-w-0">
          {saved.name}
          {saved.isOwn && saved.isShared ? <span className="text-xs text-ink-3"> shared</span> : null}
          {saved.isOwn ? null : <span className="text-xs text-ink-3"> {saved.owner}</span>}
          <span className="two truncate">{searchWords(saved.search, zone)}</span>
        </span>
      </button>
      {onDelete ? (
        <IconButton label={`Delete ${saved.name}`} size="sm" variant="bare" onClick={onDelete}>
          <Trash2 className="ic text-ink-3" aria-hidden="true" />
        </IconButton>
      ) : null}
    </div>
  );
}

/** Saves what the bar says; an own search of the same name is saved over. */
function SaveForm({
  clusterId,
  topic,
  address,
  own,
  onSaved,
}: {
  clusterId: string;
  topic: string;
  address: MessageAddress;
  own: readonly SavedSearch[];
  onSaved: () => Promise<void>;
}) {
  const sameName = (name: string) => own.find((search) => search.name === name.trim());
  const form = useActionForm({
    initial: { name: '', isShared: false as boolean },
    toInput: ({ name, isShared }) => {
      const id = sameName(name)?.id;
      return { clusterId, topic, ...(id ? { id } : {}), name, isShared, search: searchOf(address) };
    },
    action: saveSearchAction,
    onDone: async ({ name }) => {
      form.reset();
      await onSaved();
      showToast({ outcome: 'good', title: 'Search saved.', children: name });
    },
  });
  return (
    <div className="part">
      <Form
        form={form}
        submit={sameName(form.values.name) ? 'Save over it' : 'Save this search'}
        problemTitle="Not saved."
      >
        <TextField field={form.field('name')} label="Save what the bar says, as" />
        <CheckField
          field={form.field('isShared')}
          label="Share it"
          help="All who may read this topic find it here."
        />
      </Form>
    </div>
  );
}
