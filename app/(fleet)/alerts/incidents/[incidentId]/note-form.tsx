'use client';

import { useState } from 'react';
import { TextareaField } from '#components/forms/fields.tsx';
import { Form } from '#components/forms/form.tsx';
import { useActionForm } from '#components/forms/use-action-form.ts';
import { Button } from '#components/ui/button.tsx';
import { noteIncidentAction } from '../../actions.ts';

/** Writes what was found on the timeline. */
export function AddNote({ id, onDone }: { id: string; onDone: () => void }) {
  const [isWriting, setWriting] = useState(false);
  return (
    <div className="mt-4">
      {isWriting ? (
        <NoteForm
          id={id}
          onClose={() => setWriting(false)}
          onDone={() => {
            setWriting(false);
            onDone();
          }}
        />
      ) : (
        <Button size="sm" onClick={() => setWriting(true)}>
          Add a note
        </Button>
      )}
    </div>
  );
}

function NoteForm({ id, onClose, onDone }: { id: string; onClose: () => void; onDone: () => void }) {
  const form = useActionForm({
    initial: { note: '' },
    toInput: ({ note }) => ({ id, note }),
    action: noteIncidentAction,
    onDone,
  });
  return (
    <Form
      form={form}
      submit="Keep note"
      problemTitle="Not kept."
      cancel={<Button onClick={onClose}>Leave it</Button>}
    >
      <TextareaField field={form.field('note')} label="What was found" rows={2} />
    </Form>
  );
}
