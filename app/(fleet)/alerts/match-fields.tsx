'use client';

import { SelectField, TextField } from '#components/forms/fields.tsx';
import type { ActionForm } from '#components/forms/use-action-form.ts';
import type { IncidentMatch } from '#lib/model/alert-route.ts';

/** Which incidents are meant, as fields hold it. */
export type MatchValues = {
  cluster: string;
  environment: string;
  severity: string;
  rules: string;
  subjects: string;
  owner: string;
};

export type Clusters = readonly { id: string; name: string }[];

export const matchValues = (match: IncidentMatch | null): MatchValues => ({
  cluster: match?.clusters.join(',') ?? '',
  environment: match?.environments.join(',') ?? '',
  severity: match?.severities.join(',') ?? '',
  rules: match?.rules ?? '*',
  subjects: match?.subjects ?? '*',
  owner: match?.owner ?? '',
});

const list = (text: string): string[] => text.split(',').filter(Boolean);

export const toMatch = (values: MatchValues) => ({
  clusters: list(values.cluster),
  environments: list(values.environment) as IncidentMatch['environments'],
  severities: list(values.severity) as IncidentMatch['severities'],
  rules: values.rules.trim() || '*',
  subjects: values.subjects.trim() || '*',
  owner: values.owner,
});

const environments = [
  { value: '', label: 'Every environment' },
  { value: 'production', label: 'Production' },
  { value: 'staging', label: 'Staging' },
  { value: 'development', label: 'Development' },
  { value: 'production,staging', label: 'Production and staging' },
];
const severities = [
  { value: '', label: 'Every severity' },
  { value: 'critical', label: 'Critical only' },
  { value: 'critical,warning', label: 'Critical and warning' },
  { value: 'warning,note', label: 'Warning and note' },
  { value: 'warning', label: 'Warning only' },
  { value: 'note', label: 'Note only' },
];

/** A choice that is kept although the form does not offer it, such as one that was made by the API. */
const withKept = (options: { value: string; label: string }[], value: string) =>
  options.some((one) => one.value === value)
    ? options
    : [...options, { value, label: value.replace(/,/g, ', ') }];

export function MatchFields<V extends MatchValues & Record<string, string | boolean>>({
  form,
  clusters,
}: {
  form: ActionForm<V>;
  clusters: Clusters;
}) {
  const fields = form as unknown as ActionForm<MatchValues>;
  const choices = [
    { value: '', label: 'Every cluster' },
    ...clusters.map(({ id, name }) => ({ value: id, label: name })),
  ];
  return (
    <>
      <div className="grid-2">
        <SelectField
          field={fields.field('cluster')}
          label="Cluster"
          options={withKept(choices, fields.values.cluster)}
        />
        <SelectField
          field={fields.field('environment')}
          label="Environment"
          options={withKept(environments, fields.values.environment)}
        />
      </div>
      <div className="grid-2">
        <TextField
          field={fields.field('rules')}
          label="Rules"
          help="Names of rules, * for any part, separated by commas."
        />
        <TextField
          field={fields.field('subjects')}
          label="About"
          help="Topics, groups, brokers, connectors: shop.*, 3"
          isMono
        />
      </div>
      <div className="grid-2">
        <SelectField
          field={fields.field('severity')}
          label="Severity"
          options={withKept(severities, fields.values.severity)}
        />
        <TextField
          field={fields.field('owner')}
          label="Owner"
          help="Part of the owner of a rule."
          isOptional
        />
      </div>
    </>
  );
}

/** The same in words. */
export function matchInWords(match: IncidentMatch, nameOf: (clusterId: string) => string): string {
  const parts = [
    match.severities.length > 0 ? match.severities.join(' and ') : '',
    match.rules === '*' ? '' : `rules ${match.rules}`,
    match.subjects === '*' ? '' : `about ${match.subjects}`,
    match.environments.length > 0 ? `in ${match.environments.join(' and ')}` : '',
    match.clusters.length > 0 ? `on ${match.clusters.map(nameOf).join(', ')}` : '',
    match.owner === '' ? '' : `owned by ${match.owner}`,
  ].filter(Boolean);
  return parts.length === 0 ? 'Every alert' : parts.join(', ');
}
