import type { MaskBase, MaskPolicy, MaskRule } from '#lib/model/mask.ts';
import type { Role } from '#lib/model/role.ts';

/** A policy as the fields of its form hold it; the rules are JSON, because fields are texts. */
export type MaskValues = {
  name: string;
  clusterId: string;
  topicPattern: string;
  base: string;
  unmaskRole: string;
  rules: string;
};

export const newRule: MaskRule = { side: 'value', select: 'path', at: '', action: 'hide' };

export const valuesOf = (policy: MaskPolicy | null): MaskValues => ({
  name: policy?.name ?? '',
  clusterId: policy?.clusterId ?? '',
  topicPattern: policy?.topicPattern ?? '',
  base: policy?.base ?? 'show',
  unmaskRole: policy?.unmaskRole ?? '',
  rules: JSON.stringify(policy?.rules ?? [newRule]),
});

export const rulesOf = (values: MaskValues): MaskRule[] => JSON.parse(values.rules) as MaskRule[];

export const toInput = (values: MaskValues) => ({
  name: values.name,
  clusterId: values.clusterId || null,
  topicPattern: values.topicPattern,
  base: values.base as MaskBase,
  unmaskRole: (values.unmaskRole || null) as Role | null,
  rules: rulesOf(values).map((rule) => (rule.select === 'whole' ? { ...rule, at: '' } : rule)),
});
