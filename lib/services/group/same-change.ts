import type { ClusterConnection } from '#lib/model/cluster.ts';
import type { ResetOffsetsPlan, ResetTarget, ResetTopic, SameChange } from '#lib/model/offset-reset.ts';

type Cluster = { id: string; connection: ClusterConnection };
type Position = { topic: string; partition: number; to: string | null };

export type ResetToDescribe = {
  groupId: string;
  type: ResetOffsetsPlan['type'];
  topics: readonly ResetTopic[] | null;
  target: ResetTarget;
  /** The moment that a time or `ago` came to, epoch ms. */
  timeMs: number | null;
  moves: readonly Position[];
};

const fileName = 'positions.csv';

/** Kafka has a tool for each kind of group, and they do not name everything alike. */
const consumerTool = { name: 'kafka-consumer-groups', topic: '--topic', all: '--all-topics' };
const toolOf = (type: ResetOffsetsPlan['type']) =>
  type === 'share'
    ? { ...consumerTool, name: 'kafka-share-groups' }
    : type === 'streams'
      ? { name: 'kafka-streams-groups', topic: '--input-topic', all: '--all-input-topics' }
      : consumerTool;

/**
 * The same reset by Kafka's own tool, and as a list of positions. Where the tool has no option of that kind it takes the
 * planned positions from a file; the tool for share groups has no such file, which is then said in its place.
 */
export function sameReset(cluster: Cluster, reset: ResetToDescribe): SameChange {
  const { target, groupId, type } = reset;
  const tool = toolOf(type);
  const option = optionOf(target, reset.timeMs, type === 'share');
  const yaml = yamlOf(cluster.id, groupId, reset.moves);
  if (option === null && type === 'share')
    return {
      tool: tool.name,
      commandLine: `# ${tool.name} knows the start, the end and a time only`,
      file: null,
      yaml,
    };
  const topics =
    reset.topics === null
      ? [tool.all]
      : reset.topics.flatMap(({ topic, partitions }) => [
          tool.topic,
          quoted(partitions === null ? topic : `${topic}:${partitions.join(',')}`),
        ]);
  const text = reset.moves
    .flatMap(({ topic, partition, to }) => (to === null ? [] : [`${cell(topic)},${partition},${to}\n`]))
    .join('');
  return {
    tool: tool.name,
    commandLine: commandOf(cluster, tool.name, groupId, [
      '--reset-offsets',
      ...(option === null ? ['--from-file', fileName] : [...topics, ...option]),
      '--execute',
    ]),
    file: option === null ? { name: fileName, text } : null,
    yaml,
  };
}

/** The same deletion of a group, or of its offsets of topics. */
export function sameForgetting(
  cluster: Cluster,
  groupId: string,
  type: ResetOffsetsPlan['type'],
  topics: readonly string[] | null,
): SameChange {
  const tool = toolOf(type);
  const args =
    topics === null
      ? ['--delete']
      : ['--delete-offsets', ...topics.flatMap((topic) => [tool.topic, quoted(topic)])];
  const head = `cluster: ${scalar(cluster.id)}\ngroup: ${scalar(groupId)}\n`;
  const body =
    topics === null
      ? 'delete: true\n'
      : `deleteOffsets:\n${topics.map((topic) => `  - ${scalar(topic)}\n`).join('')}`;
  return {
    tool: tool.name,
    commandLine: commandOf(cluster, tool.name, groupId, args),
    file: null,
    yaml: head + body,
  };
}

/** Null where the tool has no such option. */
function optionOf(target: ResetTarget, timeMs: number | null, isShare: boolean): string[] | null {
  switch (target.kind) {
    case 'start':
      return ['--to-earliest'];
    case 'end':
      return ['--to-latest'];
    case 'time':
    case 'ago':
      return ['--to-datetime', new Date(timeMs ?? 0).toISOString()];
    case 'offset':
      return isShare ? null : ['--to-offset', target.offset];
    case 'shift':
      return isShare ? null : ['--shift-by', String(BigInt(target.by))];
    default:
      return null;
  }
}

function commandOf({ connection }: Cluster, tool: string, groupId: string, args: string[]): string {
  const servers = connection.bootstrap.map(({ host, port }) => `${host}:${port}`).join(',');
  const isSecured = connection.tls.enabled || connection.sasl.mechanism !== 'none';
  return [
    tool,
    ...['--bootstrap-server', servers],
    ...(isSecured ? ['--command-config', 'client.properties'] : []),
    ...['--group', quoted(groupId)],
    ...args,
  ].join(' ');
}

function yamlOf(clusterId: string, groupId: string, positions: readonly Position[]): string {
  const lines = [`cluster: ${scalar(clusterId)}`, `group: ${scalar(groupId)}`, 'offsets:'];
  const ordered = [...positions].sort((a, b) =>
    a.topic < b.topic ? -1 : a.topic > b.topic ? 1 : a.partition - b.partition,
  );
  for (const { topic, partition, to } of ordered)
    lines.push(`  - topic: ${scalar(topic)}`, `    partition: ${partition}`, `    offset: ${to ?? 'null'}`);
  return `${lines.join('\n')}\n`;
}

/** A cell as Kafka's tool reads it: not for spreadsheets, so that no name is changed. */
const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** A word of a POSIX shell. */
const quoted = (text: string): string =>
  /^[A-Za-z0-9._:,/-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

/** A text in YAML: plain where nobody could read it as something else, else as a JSON text, which YAML reads alike. */
const scalar = (text: string): string =>
  /^[A-Za-z_][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)*$/.test(text) &&
  !/^(true|false|null|yes|no|on|off|y|n)$/i.test(text)
    ? text
    : JSON.stringify(text);
