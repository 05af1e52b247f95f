'use client';

import { useRouter } from 'next/navigation';
import { nounsOf, severityWords } from '#components/alert/rule-words.ts';
import { RadioField, SelectField, TextareaField, TextField } from '#components/forms/fields.tsx';
import { Form } from '#components/forms/form.tsx';
import { useActionForm } from '#components/forms/use-action-form.ts';
import { Bank } from '#components/ui/section.tsx';
import { showToast } from '#components/ui/toasts.tsx';
import { type AlertRule, alertSeverities, NewAlertRule } from '#lib/model/alert-rule.ts';
import { environments } from '#lib/model/cluster.ts';
import { factsOfSeries, type SeriesKind } from '#lib/model/series-kinds.ts';
import { paths } from '#lib/paths.ts';
import { createRuleAction, updateRuleAction } from './actions.ts';
import { ConditionFields } from './condition-fields.tsx';
import { RulePreview } from './rule-preview.tsx';
import { firstCondition, type RuleValues, toInput, valuesOf } from './rule-values.ts';

const severityHelp = {
  critical: 'Lost now. Wakes somebody.',
  warning: 'At risk. Seen in working hours.',
  note: 'Worth knowing.',
} as const;

type Cluster = { id: string; name: string };

/** Writes an alert rule or changes one; beside it stands what it would have done. */
export function RuleForm({
  rule,
  start,
  clusters,
  mayChange,
}: {
  /** The rule that is changed; null for a new one. */
  rule: AlertRule | null;
  /** What a new one begins with. */
  start: Parameters<typeof valuesOf>[0];
  clusters: readonly Cluster[];
  mayChange: boolean;
}) {
  const router = useRouter();
  const form = useActionForm<RuleValues, ReturnType<typeof toInput>, { name: string }>({
    initial: valuesOf(rule ?? start),
    toInput,
    schema: NewAlertRule,
    action: (input, once) =>
      rule
        ? updateRuleAction({ ...input, id: rule.id, version: rule.version }, once)
        : createRuleAction(input, once),
    onDone: ({ name }) => {
      showToast({ outcome: 'good', title: `${name} is watched from the next reading on.` });
      router.push(paths.alertRules());
    },
  });
  const onSeries = (series: SeriesKind) => {
    const next = valuesOf({ series, condition: firstCondition(series) });
    const isOtherSubject =
      factsOfSeries(series).subject !== factsOfSeries(form.values.series as SeriesKind).subject;
    form.setValue('series', series);
    const bySeries = [
      'condition.is',
      'condition.value',
      'condition.clear',
      'condition.values',
      'missing',
    ] as const;
    for (const name of bySeries) form.setValue(name, next[name]);
    if (isOtherSubject) form.setValue('scope.names', '*');
  };
  const { subject } = factsOfSeries(form.values.series as SeriesKind);
  const [, many] = nounsOf(form.values.series as SeriesKind);
  return (
    <div className="grid items-start gap-6 wide:grid-cols-[minmax(0,620px)_minmax(0,1fr)]">
      <Form
        form={form}
        submit={rule ? 'Keep changes' : 'Add rule'}
        isDisabled={!mayChange}
        why={mayChange ? undefined : 'Operators and admins change rules.'}
        problemTitle={rule ? 'Not changed.' : 'Not added.'}
      >
        <Bank title="When" isPadded>
          <ConditionFields form={form} onSeries={onSeries} />
        </Bank>
        <Bank title="Where" isPadded>
          <div className="grid gap-4">
            <SelectField
              field={form.field('place')}
              label="Clusters"
              options={placeChoices(clusters, form.values.place)}
            />
            {subject === 'cluster' ? null : (
              <div className="grid-2">
                <TextField
                  field={form.field('scope.names')}
                  label={`Which ${many}`}
                  help="* for any part, separated by commas: shop.*, audit"
                  isMono
                />
                <TextField field={form.field('scope.except')} label="But not" isOptional isMono />
              </div>
            )}
          </div>
        </Bank>
        <Bank title="What is told" isPadded>
          <div className="grid gap-4">
            <div className="grid-2">
              <TextField
                field={form.field('name')}
                label="Name"
                help="As it stands in the alert: Group is late"
              />
              <TextField
                field={form.field('owner')}
                label="Owner"
                isOptional
                help="A team or a person: who is asked about it."
              />
            </div>
            <RadioField
              field={form.field('severity')}
              label="Severity"
              options={alertSeverities.map((value) => ({
                value,
                label: severityWords[value],
                help: severityHelp[value],
              }))}
            />
            <TextareaField
              field={form.field('advice')}
              label="What to do"
              rows={2}
              isOptional
              help="Stands in the alert, for somebody who has just woken up."
            />
            <TextField field={form.field('runbook')} label="Runbook" isOptional help="An http(s) address." />
            <TextField
              field={form.field('summary')}
              label="The sentence of the alert"
              isOptional
              help="May have {name}, {cluster}, {value}, {limit} and {for}. Empty says it by itself, with the numbers."
            />
          </div>
        </Bank>
      </Form>
      {mayChange ? <RulePreview values={form.values} /> : null}
    </div>
  );
}

/** Everywhere, one environment, one cluster; several as they are, when the rule came from a file that has them. */
function placeChoices(clusters: readonly Cluster[], current: string) {
  const choices = [
    { value: '', label: 'All clusters' },
    ...environments.map((name) => ({ value: `environment:${name}`, label: `All ${name} clusters` })),
    ...clusters.map(({ id, name }) => ({ value: `cluster:${id}`, label: name })),
  ];
  if (choices.some(({ value }) => value === current)) return choices;
  const several = current
    .split(',')
    .map((place) => place.slice(place.indexOf(':') + 1))
    .join(', ');
  return [...choices, { value: current, label: several }];
}
