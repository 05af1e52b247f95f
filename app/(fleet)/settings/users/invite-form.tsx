'use client';

import { useState } from 'react';
import { SelectField, TextField } from '#components/forms/fields.tsx';
import { Form } from '#components/forms/form.tsx';
import { useActionForm } from '#components/forms/use-action-form.ts';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import type { Role } from '#lib/model/principal.ts';
import { inviteUserAction } from './actions.ts';

const roleChoices = [
  { value: 'viewer', label: 'Viewer: sees state, no messages' },
  { value: 'developer', label: 'Developer: also reads messages' },
  { value: 'operator', label: 'Operator: also changes clusters' },
  { value: 'admin', label: 'Admin: also people and connections' },
];

/** Makes an invitation and shows its link, once. */
export function InviteForm({ onDone }: { onDone: () => void }) {
  const [made, setMade] = useState<{ link: string; email: string } | null>(null);
  const form = useActionForm<
    { email: string; role: string },
    { email: string; role: Role },
    { link: string }
  >({
    initial: { email: '', role: 'viewer' },
    toInput: ({ email, role }) => ({ email: email.trim(), role: role as Role }),
    action: inviteUserAction,
    onDone: ({ link }) => {
      setMade({ link, email: form.values.email });
      form.reset();
      onDone();
    },
  });
  return (
    <>
      <Form form={form} submit="Make invitation" problemTitle="Not invited.">
        <div className="grid-2">
          <TextField
            field={form.field('email')}
            label="E-mail"
            type="email"
            inputMode="email"
            autoComplete="off"
          />
          <SelectField field={form.field('role')} label="Role" options={roleChoices} />
        </div>
      </Form>
      {made ? (
        <Notice
          tone="good"
          title={`Give this link to ${made.email}.`}
          end={<CopyButton text={made.link} label="Copy link" />}
          isAnnounced
          className="mt-3"
        >
          It is shown once and works once. <span className="name break-all">{made.link}</span>
        </Notice>
      ) : null}
    </>
  );
}
