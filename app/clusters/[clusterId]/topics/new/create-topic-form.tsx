'use client';

import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { humanValue } from '#components/config/human-value.ts';
import { FieldFrame, RadioField, TextareaField, TextField } from '#components/forms/fields.tsx';
import { Form } from '#components/forms/form.tsx';
import { SameAs } from '#components/forms/same-as.tsx';
import { useActionForm } from '#components/forms/use-action-form.ts';
import { createTopicCommand } from '#components/topic/command-lines.ts';
import { ButtonLink } from '#components/ui/button.tsx';
import { Input, Select } from '#components/ui/input.tsx';
import { showToast } from '#components/ui/toasts.tsx';
import { formatCount, formatCountOf } from '#lib/format.ts';
import type { ActionResult } from '#lib/model/problem.ts';
import { paths } from '#lib/paths.ts';
import { createTopicAction, planCreateTopicAction } from '../actions.ts';
import type { TopicsViewer } from '../topics-viewer.ts';
import {
  atFields,
  checkNewTopic,
  configsOf,
  inputOf,
  type NewTopicValues,
  retentionMs,
} from './new-topic.ts';

type Created = { topic: string; partitions: number };

const schema = {
  safeParse: (value: unknown) => {
    const issues = Object.entries(checkNewTopic(value as NewTopicValues)).map(([field, message]) => ({
      path: [field],
      message,
    }));
    return issues.length === 0 ? { success: true as const } : { success: false as const, error: { issues } };
  },
};

const units = [
  { value: 'minutes', label: 'minutes' },
  { value: 'hours', label: 'hours' },
  { value: 'days', label: 'days' },
  { value: 'forever', label: 'for ever' },
];

/** Makes a topic: checked on leaving a field, by Kafka itself on sending, and only then made. */
export function CreateTopicForm({ viewer, name }: { viewer: TopicsViewer; name: string }) {
  const { clusterId, brokers } = viewer;
  const router = useRouter();
  const [nameError, setNameError] = useState<{ name: string; error: string } | null>(null);
  const asked = useRef('');
  const form = useActionForm<NewTopicValues, NewTopicValues, Created>({
    initial: {
      topic: name,
      partitions: '6',
      replicationFactor: String(Math.min(3, brokers ?? 3)),
      cleanup: '',
      retention: '',
      retentionUnit: 'hours',
      minIsr: '',
      further: '',
    },
    toInput: (values) => values,
    schema,
    action: async (values, once): Promise<ActionResult<Created>> => {
      const input = inputOf(clusterId, values);
      const plan = await planCreateTopicAction(input);
      const result = plan.ok ? await createTopicAction(input, once) : plan;
      return result.ok ? result : { ...result, problem: atFields(result.problem) };
    },
    onDone: (created) => {
      showToast({
        title: 'Topic created.',
        children: (
          <>
            <span className="name">{created.topic}</span>,{' '}
            {formatCountOf(created.partitions, 'partition', 'partitions')}
          </>
        ),
      });
      router.push(paths.topic(clusterId, created.topic));
    },
  });
  const { values } = form;

  /** Asks the server about the name alone: policy, names that are taken, names that collide. */
  const checkName = async () => {
    const topic = values.topic.trim();
    if (topic === '' || checkNewTopic(values).topic || asked.current === topic) return;
    asked.current = topic;
    const answer = await planCreateTopicAction({
      clusterId,
      topic,
      partitions: 1,
      replicationFactor: Math.min(3, brokers ?? 1),
      configs: {},
    }).catch(() => null);
    const error = answer && !answer.ok ? atFields(answer.problem).fields?.topic : undefined;
    if (asked.current === topic) setNameError(error ? { name: topic, error } : null);
  };

  const topicField = form.field('topic');
  const retention = form.field('retention');
  const unit = form.field('retentionUnit');
  const kept = retentionMs(values);
  const isForever = values.retentionUnit === 'forever';
  const keptWords = isForever
    ? 'Nothing is deleted by age: retention.ms -1.'
    : kept
      ? `retention.ms ${formatCount(kept)}, ${humanValue('retention.ms', kept) ?? ''}.`
      : 'Empty: as the cluster has it.';
  const replicas = Number(values.partitions) * Number(values.replicationFactor);
  return (
    <Form
      form={form}
      submit="Create topic"
      problemTitle="Not created."
      cancel={<ButtonLink href={paths.topics(clusterId)}>Cancel</ButtonLink>}
      why={
        Number.isInteger(replicas) && replicas > 0
          ? `Makes ${formatCountOf(replicas, 'replica', 'replicas')} on ${viewer.clusterName}.`
          : null
      }
    >
      <TextField
        label="Topic name"
        help="domain.event.version, checked when you leave the field. A name cannot be changed later."
        isMono
        hasFocus
        field={{
          ...topicField,
          error: topicField.error ?? (nameError?.name === values.topic.trim() ? nameError.error : undefined),
          onBlur: () => {
            topicField.onBlur();
            void checkName();
          },
        }}
      />
      <div className="grid-2">
        <TextField
          label="Partitions"
          help="More can be added later, none taken away."
          inputMode="numeric"
          field={form.field('partitions')}
        />
        <TextField
          label="Replicas"
          help="Copies of each partition, on as many brokers."
          inputMode="numeric"
          suffix={brokers === null ? undefined : `of ${formatCountOf(brokers, 'broker', 'brokers')}`}
          field={form.field('replicationFactor')}
        />
      </div>
      <RadioField
        label="Cleanup"
        field={form.field('cleanup')}
        options={[
          { value: '', label: 'As the cluster' },
          { value: 'delete', label: 'Delete by age' },
          { value: 'compact', label: 'Compact by key' },
          { value: 'compact,delete', label: 'Both' },
        ]}
        help={
          values.cleanup.includes('compact')
            ? 'Compaction keeps the newest record of each key, so every record needs a key.'
            : undefined
        }
      />
      <div className="grid-2">
        <FieldFrame
          id={retention.id}
          label="Retention"
          isOptional
          help={values.cleanup === 'compact' ? 'Only compaction cleans this topic.' : keptWords}
          error={retention.error}
        >
          <span className="flex gap-2">
            <Input
              id={retention.id}
              boxClassName="grow"
              inputMode="decimal"
              value={isForever ? '' : values.retention}
              disabled={isForever || values.cleanup === 'compact'}
              onChange={(event) => retention.onValue(event.target.value)}
              onBlur={retention.onBlur}
              aria-invalid={retention.error ? true : undefined}
              aria-describedby={`${retention.id}-help`}
            />
            <Select
              aria-label="Unit of retention"
              options={units}
              value={values.retentionUnit}
              disabled={values.cleanup === 'compact'}
              onChange={(event) => unit.onValue(event.target.value)}
            />
          </span>
        </FieldFrame>
        <TextField
          label="Min ISR"
          isOptional
          help="Replicas that must be in sync for acks=all to succeed. Empty: as the cluster has it."
          inputMode="numeric"
          suffix={`of ${values.replicationFactor || '?'} replicas`}
          field={form.field('minIsr')}
        />
      </div>
      <TextareaField
        label="Further configs"
        isOptional
        isMono
        rows={3}
        placeholder="segment.bytes=268435456"
        help="key=value, one a line. What is not named stays as the cluster has it."
        field={form.field('further')}
      />
      <SameAs
        aside={null}
        texts={createTopicCommand({
          topic: values.topic.trim() || 'NAME',
          partitions: values.partitions,
          replicationFactor: values.replicationFactor,
          configs: configsOf(values),
        })}
      />
    </Form>
  );
}
