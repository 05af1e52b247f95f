'use client';

import { TextareaField } from '#components/forms/fields.tsx';
import { Form } from '#components/forms/form.tsx';
import { useActionForm } from '#components/forms/use-action-form.ts';
import { noteIncidentAction } from '../../actions.ts';

/** Writes what was found on the timeline. */
export function NoteForm({ id, onDone }: { id: string; onDone: () => void }) {
  const form = useActionForm({
    initial: { note: '' },
    toInput: ({ note }) => ({ id, note }),
    action: noteIncidentAction,
    onDone: () => {
      form.reset();
      onDone();
    },
  });
  return (
    <div className="mt-4">
      <Form form={form} submit="Add note" problemTitle="Not added.">
        <TextareaField field={form.field('note')} label="What was found" rows={2} />
      </Form>
    </div>
  );
}
