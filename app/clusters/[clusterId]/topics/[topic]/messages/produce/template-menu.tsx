'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { ProblemLine } from '#components/feedback/problem-notice.tsx';
import { TextField } from '#components/forms/fields.tsx';
import { Form } from '#components/forms/form.tsx';
import { noAnswer, useActionForm } from '#components/forms/use-action-form.ts';
import { useOnce } from '#components/forms/use-once.ts';
import { Button, IconButton } from '#components/ui/button.tsx';
import { Popover } from '#components/ui/popover.tsx';
import { showToast } from '#components/ui/toasts.tsx';
import { keys } from '#lib/client/keys.ts';
import { useLiveQuery } from '#lib/client/use-live-query.ts';
import { type MessageTemplate, SaveTemplateInput } from '#lib/model/message-template.ts';
import type { Problem } from '#lib/model/problem.ts';
import { apiPath } from '#lib/paths.ts';
import { deleteTemplateAction, saveTemplateAction } from '../actions.ts';

type TemplateDraft = Parameters<typeof saveTemplateAction>[0]['draft'];
type Props = {
  clusterId: string;
  topic: string;
  /** What would be kept: the form as it stands. */
  draft: TemplateDraft;
  onUse: (template: MessageTemplate) => void;
};

/** Records that are kept with the topic for all who may produce: used, saved and deleted here. */
export function TemplateMenu(props: Props) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover
      label="Templates"
      align="end"
      width={380}
      isOpen={isOpen}
      onOpen={setOpen}
      trigger={<Button size="sm">Templates</Button>}
    >
      <TemplateList {...props} onClose={() => setOpen(false)} />
    </Popover>
  );
}

function TemplateList({ clusterId, topic, draft, onUse, onClose }: Props & { onClose: () => void }) {
  const url = apiPath('/clusters/[clusterId]/topics/[topic]/templates', { clusterId, topic });
  const list = useLiveQuery<{ rows: MessageTemplate[] }>({ clusterId, url, everyMs: false });
  const client = useQueryClient();
  const once = useOnce();
  const [problem, setProblem] = useState<Problem | null>(null);
  const again = () => client.invalidateQueries({ queryKey: keys.of(clusterId, url) });
  const rows = list.data?.rows ?? [];
  const remove = async ({ id, name, draft: gone }: MessageTemplate) => {
    const input = { clusterId, topic, id };
    const result = await deleteTemplateAction(input, once.of(input)).catch(() => ({
      ok: false as const,
      problem: noAnswer,
    }));
    once.answered();
    await again();
    setProblem(result.ok ? null : result.problem);
    if (!result.ok) return;
    const restore = async () => {
      await saveTemplateAction({ clusterId, topic, name, draft: gone }, { requestId: crypto.randomUUID() });
      await again();
    };
    showToast({
      title: 'Template deleted.',
      children: name,
      action: { label: 'Undo', onSelect: () => void restore() },
    });
  };
  return (
    <>
      {problem ? <ProblemLine problem={problem} title="Not deleted." /> : null}
      {list.problem ? <ProblemLine problem={list.problem} title="The templates are not known." /> : null}
      {rows.map((template) => (
        <div key={template.id} className="flex items-center gap-1">
          <button
            type="button"
            className="it min-w-0 flex-1"
            onClick={() => {
              onClose();
              onUse(template);
            }}
          >
            <span className="min-w-0">
              {template.name}
              <span className="text-xs text-ink-3"> {template.owner}</span>
              <span className="two truncate">{template.draft.value || 'No value'}</span>
            </span>
          </button>
          <IconButton
            label={`Delete ${template.name}`}
            size="sm"
            variant="bare"
            onClick={() => void remove(template)}
          >
            <Trash2 className="ic text-ink-3" aria-hidden="true" />
          </IconButton>
        </div>
      ))}
      {list.data && rows.length === 0 ? (
        <p className="part text-xs text-ink-3">
          This topic has no template yet. All who may produce to it find its templates here.
        </p>
      ) : null}
      <div className="sep" />
      <SaveForm clusterId={clusterId} topic={topic} draft={draft} known={rows} onSaved={again} />
    </>
  );
}

/** Keeps the form as it stands; a template of the same name is saved over. */
function SaveForm({
  clusterId,
  topic,
  draft,
  known,
  onSaved,
}: Omit<Props, 'onUse'> & { known: readonly MessageTemplate[]; onSaved: () => Promise<void> }) {
  const sameName = (name: string) => known.find((template) => template.name === name.trim());
  const form = useActionForm({
    initial: { name: '' },
    toInput: ({ name }) => {
      const id = sameName(name)?.id;
      return { clusterId, topic, ...(id ? { id } : {}), name, draft };
    },
    schema: SaveTemplateInput,
    action: saveTemplateAction,
    onDone: async ({ name }) => {
      form.reset();
      await onSaved();
      showToast({ outcome: 'good', title: 'Template saved.', children: name });
    },
  });
  return (
    <div className="part">
      <Form
        form={form}
        submit={sameName(form.values.name) ? 'Save over it' : 'Save as template'}
        problemTitle="Not saved."
      >
        <TextField
          field={form.field('name')}
          label="Save this record, as"
          help="{{now}}, {{now-ms}}, {{uuid}} and {{counter}} are filled in when it is used."
        />
      </Form>
    </div>
  );
}
