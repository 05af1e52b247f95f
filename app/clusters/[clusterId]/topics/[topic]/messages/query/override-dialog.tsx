'use client';

import { type FormEvent, useState } from 'react';
import { ProblemLine } from '#components/feedback/problem-notice.tsx';
import { useActionForm } from '#components/forms/use-action-form.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import type { EnvironmentName } from '#components/ui/environment.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { showToast } from '#components/ui/toasts.tsx';
import { overrideSerdeAction } from '../actions.ts';
import { decodeWords, type SerdeTexts } from './decode-words.ts';
import { SerdeField } from './serde-field.tsx';

/** Chooses how a topic is decoded for all who read it here; nothing of the topic itself changes. */
export function OverrideDialog({
  clusterId,
  topic,
  environment,
  kept,
  hasRegistry,
  onClose,
  onDone,
}: {
  clusterId: string;
  topic: string;
  environment: EnvironmentName;
  kept: SerdeTexts;
  hasRegistry: boolean;
  onClose: () => void;
  onDone: () => void;
}) {
  const [formId] = useState(() => `override-${crypto.randomUUID()}`);
  const form = useActionForm({
    initial: { keySerde: kept.key, valueSerde: kept.value },
    toInput: ({ keySerde, valueSerde }) => ({
      clusterId,
      topic,
      keySerde: keySerde || null,
      valueSerde: valueSerde || null,
    }),
    action: overrideSerdeAction,
    onDone: ({ keySerde, valueSerde }) => {
      const words = decodeWords({ key: keySerde ?? '', value: valueSerde ?? '' }, null);
      showToast({ outcome: 'good', title: 'Decoding changed for everyone.', children: words });
      onDone();
    },
  });
  const needsRegistry = [form.values.keySerde, form.values.valueSerde].some((text) =>
    /^(registry|schema)/.test(text),
  );
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    form.onSubmit();
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      environment={environment}
      title="How this topic is decoded for everyone"
      description={
        <>
          Whoever reads <span className="name">{topic}</span> in Millrace sees it so, unless a view forces
          another. Records and consumers are not touched.
        </>
      }
      footer={
        <>
          <Button onClick={onClose}>Keep it as it is</Button>
          <Button type="submit" form={formId} variant="primary" isPending={form.isPending}>
            Change for everyone
          </Button>
        </>
      }
    >
      <form id={formId} className="mt-3 grid gap-3" onSubmit={onSubmit} noValidate>
        {form.problem ? <ProblemLine problem={form.problem} title="Not changed." /> : null}
        <SerdeField
          label="Value"
          value={form.values.valueSerde}
          unset="Found by itself, record by record"
          onPick={(text) => form.setValue('valueSerde', text)}
        />
        <SerdeField
          label="Key"
          value={form.values.keySerde}
          unset="Found by itself, record by record"
          onPick={(text) => form.setValue('keySerde', text)}
        />
        {Object.values(form.errors).map((sentence) => (
          <Notice key={sentence} tone="critical" isSlim isAnnounced>
            {sentence}
          </Notice>
        ))}
        {needsRegistry && !hasRegistry ? (
          <Notice tone="warning" isSlim>
            This cluster has no schema registry. Until one is set, such fields are shown as bytes.
          </Notice>
        ) : null}
      </form>
    </Dialog>
  );
}
