import type { SameAsText } from '#components/forms/same-as.tsx';

/** Text as one word of a POSIX shell. */
export const shellWord = (text: string): string =>
  /^[A-Za-z0-9._/:=,@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

const server = '--bootstrap-server "$BOOTSTRAP"';
const lines = (all: readonly string[]): SameAsText[] => [{ label: 'CLI', text: all.join('\n') }];

/** A config value in the list syntax of `--add-config`, where commas belong to the list unless in brackets. */
const added = (name: string, value: string): string =>
  value.includes(',') ? `${name}=[${value}]` : `${name}=${value}`;

export function createTopicCommand(topic: {
  topic: string;
  partitions: number | string;
  replicationFactor: number | string;
  configs: Readonly<Record<string, string>>;
}): SameAsText[] {
  const configs = Object.entries(topic.configs).map(
    ([name, value]) => ` \\\n  --config ${shellWord(`${name}=${value}`)}`,
  );
  return lines([
    `kafka-topics.sh ${server} --create --topic ${shellWord(topic.topic)} \\\n  --partitions ${topic.partitions} --replication-factor ${topic.replicationFactor}${configs.join('')}`,
  ]);
}

export const deleteTopicsCommands = (topics: readonly string[]): SameAsText[] =>
  lines(topics.map((topic) => `kafka-topics.sh ${server} --delete --topic ${shellWord(topic)}`));

export const addPartitionsCommand = (topic: string, total: number): SameAsText[] =>
  lines([`kafka-topics.sh ${server} --alter --topic ${shellWord(topic)} --partitions ${total}`]);

type Change = { op: 'set'; name: string; value: string } | { op: 'reset'; name: string };

export function configureCommands(topics: readonly string[], changes: readonly Change[]): SameAsText[] {
  const set = changes.flatMap((change) => (change.op === 'set' ? [added(change.name, change.value)] : []));
  const reset = changes.flatMap((change) => (change.op === 'reset' ? [change.name] : []));
  const what = [
    ...(set.length > 0 ? [`--add-config ${shellWord(set.join(','))}`] : []),
    ...(reset.length > 0 ? [`--delete-config ${shellWord(reset.join(','))}`] : []),
  ].join(' \\\n  ');
  return lines(
    topics.map(
      (topic) =>
        `kafka-configs.sh ${server} --alter --entity-type topics --entity-name ${shellWord(topic)} \\\n  ${what}`,
    ),
  );
}

export function deleteRecordsCommand(
  topic: string,
  cuts: readonly { partition: number; before: string }[],
): SameAsText[] {
  // Offsets are written as text, because a number of JavaScript would lose digits above 2^53.
  const partitions = cuts.map(
    ({ partition, before }) =>
      `{"topic":${JSON.stringify(topic)},"partition":${partition},"offset":${before}}`,
  );
  const json = `{"partitions":[${partitions.join(',')}],"version":1}`;
  return lines([
    `cat > offsets.json <<'EOF'\n${json}\nEOF`,
    `kafka-delete-records.sh ${server} --offset-json-file offsets.json`,
  ]);
}

export function electLeadersCommand(topic: string, partitions: readonly number[]): SameAsText[] {
  const json = JSON.stringify({ partitions: partitions.map((partition) => ({ topic, partition })) });
  return lines([
    `cat > partitions.json <<'EOF'\n${json}\nEOF`,
    `kafka-leader-election.sh ${server} --election-type preferred --path-to-json-file partitions.json`,
  ]);
}
