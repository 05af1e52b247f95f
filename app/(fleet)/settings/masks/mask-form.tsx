'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { RadioField, SelectField, TextField } from '#components/forms/fields.tsx';
import { Form } from '#components/forms/form.tsx';
import { useActionForm } from '#components/forms/use-action-form.ts';
import { Mark } from '#components/ui/mark.tsx';
import { Bank } from '#components/ui/section.tsx';
import { showToast } from '#components/ui/toasts.tsx';
import type { MaskPolicy } from '#lib/model/mask.ts';
import { paths } from '#lib/paths.ts';
import { createMaskAction, updateMaskAction } from './actions.ts';
import { MaskTrial } from './mask-trial.tsx';
import { type MaskValues, rulesOf, toInput, valuesOf } from './mask-values.ts';
import { baseChoices, unmaskChoices } from './mask-words.ts';
import { RuleRows } from './rule-rows.tsx';

/** Writes a masking policy, or changes one; what it does is shown beside it. */
export function MaskForm({
  policy,
  clusters,
}: {
  policy: MaskPolicy | null;
  clusters: readonly { id: string; name: string }[];
}) {
  const router = useRouter();
  // What is said of a rule is true of it as it was sent.
  const [sentRules, setSentRules] = useState('');
  const form = useActionForm<MaskValues, ReturnType<typeof toInput>, { name: string }>({
    initial: valuesOf(policy),
    toInput,
    action: (input, once) => {
      setSentRules(form.values.rules);
      return policy
        ? updateMaskAction({ ...input, id: policy.id, version: policy.version }, once)
        : createMaskAction(input, once);
    },
    onDone: ({ name }) => {
      showToast({ outcome: 'good', title: `${name} holds from the next reading on.` });
      router.push(paths.masks());
    },
  });
  return (
    <div className="max-w-[760px]">
      <Form
        form={form}
        submit={policy ? 'Keep changes' : 'Add policy'}
        problemTitle={policy ? 'Not changed.' : 'Not added.'}
      >
        <Bank title="Policy" isPadded>
          <div className="grid gap-4">
            <div className="grid-2">
              <TextField
                field={form.field('name')}
                label="Name"
                help="Stands in place of what is hidden, so that a reader knows whom to ask."
                hasFocus={!policy}
              />
              <SelectField
                field={form.field('unmaskRole')}
                label="Who sees the values all the same"
                options={unmaskChoices}
              />
            </div>
            <div className="grid-2">
              <TextField
                field={form.field('topicPattern')}
                label="Topics"
                help="Names, * for any part, separated by commas: payments.*, orders.v1"
                isMono
              />
              <SelectField
                field={form.field('clusterId')}
                label="Cluster"
                options={[
                  { value: '', label: 'All clusters' },
                  ...clusters.map(({ id, name }) => ({ value: id, label: name })),
                ]}
              />
            </div>
          </div>
        </Bank>
        <Bank title="Rules" isPadded>
          <div className="grid gap-4">
            <RadioField field={form.field('base')} label="Fields without a rule" options={baseChoices} />
            <RuleRows
              rules={rulesOf(form.values)}
              onRules={(rules) => form.setValue('rules', JSON.stringify(rules))}
              errors={form.values.rules === sentRules ? form.errors : {}}
            />
            {form.errors.rules ? (
              <div className="er" role="alert">
                <Mark name="critical" />
                <span>{form.errors.rules}</span>
              </div>
            ) : null}
            <p className="max-w-[68ch] text-ink-3">
              A path such as <span className="name">customer.email</span> or{' '}
              <span className="name">items.card*</span> goes through arrays by itself; * is any one field, **
              any number. Letter case, _ and - do not matter to rules that mask. A field that cannot be read
              as JSON or by its schema is hidden whole, so that nothing escapes by its form.
            </p>
          </div>
        </Bank>
        <MaskTrial values={form.values} />
      </Form>
    </div>
  );
}
