/** Keys under which Kafka Connect keeps what it knows in its three topics, and what they stand for. */
const kinds: readonly [RegExp, (name: string, task: string) => string][] = [
  [/^connector-(.+)$/, (name) => `configuration of the connector ${name}`],
  [/^task-(.+)-(\d+)$/, (name, task) => `configuration of task ${task} of ${name}`],
  [/^commit-(.+)$/, (name) => `the tasks of ${name} are complete`],
  [/^target-state-(.+)$/, (name) => `the state that is wanted of ${name}`],
  [/^restart-connector-(.+)$/, (name) => `a restart of ${name}`],
  [/^tasks-fencing-(?:.+-)?(.+)$/, (name) => `fencing of the tasks of ${name}`],
  [/^logger-cluster-(.+)$/, (name) => `the level of the logger ${name}`],
  [/^session-key$/, () => 'the key of requests between workers'],
  [/^status-connector-(.+)$/, (name) => `status of the connector ${name}`],
  [/^status-task-(.+)-(\d+)$/, (name, task) => `status of task ${task} of ${name}`],
  [/^status-topic-(.+):connector-(.+)$/, (topic, name) => `${name} uses the topic ${topic}`],
];

/** Names that Connect's topics have in nearly every installation. */
const topicName = /connect|(^|[-_.])(configs|offsets|status(es)?)$/i;
const internalName = /config|offset|status/i;

/** What a record of Connect's own topics is, as one sentence; null where it is none. */
export function connectWords(topic: string, key: Buffer | null | undefined): string | null {
  if (!key || key.length > 2_000 || topic.startsWith('__')) return null;
  if (!topicName.test(topic) || !internalName.test(topic)) return null;
  const text = key.toString('utf8');
  for (const [pattern, words] of kinds) {
    const match = pattern.exec(text);
    if (match) return `Kafka Connect: ${words(match[1] ?? '', match[2] ?? '')}.`;
  }
  const connector = /^\["((?:[^"\\]|\\.)+)",/.exec(text)?.[1];
  return connector === undefined ? null : `Kafka Connect: source offset of the connector ${connector}.`;
}
