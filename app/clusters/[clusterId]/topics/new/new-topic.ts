import type { Problem } from '#lib/model/problem.ts';
import { maxPartitionsPerTopic } from '#lib/model/topic-policy.ts';

/** The form as its fields hold it. */
export type NewTopicValues = {
  topic: string;
  partitions: string;
  replicationFactor: string;
  /** Empty: as the cluster has it. */
  cleanup: string;
  retention: string;
  retentionUnit: string;
  minIsr: string;
  /** `key=value`, one a line. */
  further: string;
};

export const retentionUnits = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const;

/** Which field a config belongs to. */
const fieldOf: Record<string, keyof NewTopicValues> = {
  'cleanup.policy': 'cleanup',
  'retention.ms': 'retention',
  'min.insync.replicas': 'minIsr',
};

type Line = { name: string; value: string } | { problem: string };

/** The lines of the further configs; empty ones and `#` comments say nothing. */
function linesOf(text: string): Line[] {
  return text.split('\n').flatMap((line, index): Line[] => {
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#')) return [];
    const equals = trimmed.indexOf('=');
    const name = trimmed.slice(0, Math.max(0, equals)).trim();
    if (equals < 1 || !/^[a-z0-9._-]{1,120}$/.test(name))
      return [{ problem: `Line ${index + 1} is not of the form key=value.` }];
    if (fieldOf[name]) return [{ problem: `Line ${index + 1}: ${name} has a field of its own above.` }];
    return [{ name, value: trimmed.slice(equals + 1).trim() }];
  });
}

/** Milliseconds of the retention; null where it is left to the cluster, undefined where it is not a number. */
export function retentionMs(values: NewTopicValues): string | null | undefined {
  if (values.retentionUnit === 'forever') return '-1';
  const text = values.retention.trim();
  if (text === '') return null;
  if (!/^\d{1,9}([.]\d{1,3})?$/.test(text)) return undefined;
  const unit = retentionUnits[values.retentionUnit as keyof typeof retentionUnits] ?? retentionUnits.hours;
  return String(Math.round(Number(text) * unit));
}

const isWhole = (text: string): boolean => /^\d{1,9}$/.test(text.trim());

/** What is wrong before the server is asked, by field. */
export function checkNewTopic(values: NewTopicValues): Partial<Record<keyof NewTopicValues, string>> {
  const errors: Partial<Record<keyof NewTopicValues, string>> = {};
  const { topic } = values;
  if (topic === '') errors.topic = 'A topic name is missing.';
  else if (!/^[A-Za-z0-9._-]+$/.test(topic))
    errors.topic = 'Use letters, digits, dots, hyphens and underscores only.';
  else if (topic.length > 249) errors.topic = 'A topic name has at most 249 characters.';
  else if (topic === '.' || topic === '..') errors.topic = 'This name is reserved.';
  if (!isWhole(values.partitions) || Number(values.partitions) < 1)
    errors.partitions = 'A whole number from 1 is needed.';
  else if (Number(values.partitions) > maxPartitionsPerTopic)
    errors.partitions = `At most ${maxPartitionsPerTopic.toLocaleString('en-US')} partitions.`;
  if (!isWhole(values.replicationFactor) || Number(values.replicationFactor) < 1)
    errors.replicationFactor = 'A whole number from 1 is needed.';
  if (values.minIsr.trim() !== '') {
    if (!isWhole(values.minIsr) || Number(values.minIsr) < 1)
      errors.minIsr = 'A whole number from 1 is needed.';
    else if (!errors.replicationFactor && Number(values.minIsr) > Number(values.replicationFactor))
      errors.minIsr = `More than the ${values.replicationFactor} replicas: every write with acks=all would be refused.`;
  }
  if (retentionMs(values) === undefined) errors.retention = 'A number is needed.';
  const bad = linesOf(values.further).find((line) => 'problem' in line);
  if (bad && 'problem' in bad) errors.further = bad.problem;
  return errors;
}

/** The configs that differ from the cluster's defaults. */
export function configsOf(values: NewTopicValues): Record<string, string> {
  const kept = values.cleanup === 'compact' ? null : retentionMs(values);
  const configs: Record<string, string> = {};
  if (values.cleanup !== '') configs['cleanup.policy'] = values.cleanup;
  if (kept !== null && kept !== undefined) configs['retention.ms'] = kept;
  if (values.minIsr.trim() !== '') configs['min.insync.replicas'] = values.minIsr.trim();
  for (const line of linesOf(values.further)) if ('name' in line) configs[line.name] = line.value;
  return configs;
}

/** The input of the verb. */
export const inputOf = (clusterId: string, values: NewTopicValues) => ({
  clusterId,
  topic: values.topic.trim(),
  partitions: values.partitions.trim(),
  replicationFactor: values.replicationFactor.trim(),
  configs: configsOf(values),
});

/** A problem of the verb with its sentences at the fields of this form. */
export function atFields(problem: Problem): Problem {
  const fields: Record<string, string> = {};
  for (const [path, message] of Object.entries(problem.fields ?? {})) {
    const config = path.startsWith('configs.') ? path.slice('configs.'.length) : null;
    if (config === null) fields[path] = message;
    else fields[fieldOf[config] ?? 'further'] = fieldOf[config] ? message : `${config}: ${message}`;
  }
  if (problem.code === 'topic.exists') fields.topic = problem.what;
  if (problem.code === 'kafka.rejected') {
    // Kafka names the key in its message only: "Invalid value x for configuration segment.bytes: …".
    const named = /configuration ([a-z][a-z0-9._-]*[a-z0-9])/.exec(problem.what)?.[1];
    if (named) fields[fieldOf[named] ?? 'further'] = problem.what;
  }
  return Object.keys(fields).length > 0 ? { ...problem, fields } : problem;
}
