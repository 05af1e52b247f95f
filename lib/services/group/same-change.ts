import type { ClusterConnection } from '#lib/model/cluster.ts';
import { csvLine } from '#lib/model/csv.ts';
import type { ResetTarget, ResetTopic, SameChange } from '#lib/model/offset-reset.ts';

type Cluster = { id: string; connection: ClusterConnection };
type Position = { topic: string; partition: number; to: string | null };

export type ResetToDescribe = {
  groupId: string;
  isShare: boolean;
  topics: readonly ResetTopic[] | null;
  target: ResetTarget;
  /** The moment that a time or `ago` came to, epoch ms. */
  timeMs: number | null;
  moves: readonly Position[];
};

const fileName = 'positions.csv';

/**
 * The same reset by Kafka's own tool, and as a list of positions. Where the tool has no option of that kind it takes the
 * planned positions from a file.
 */
export function sameReset(cluster: Cluster, reset: ResetToDescribe): SameChange {
  const { target, groupId } = reset;
  const option = optionOf(target, reset.timeMs, reset.isShare);
  const isFile = option === null;
  const topics =
    reset.topics === null
      ? reset.isShare
        ? [...new Set(reset.moves.map(({ topic }) => topic))].flatMap((topic) => ['--topic', quoted(topic)])
        : ['--all-topics']
      : reset.topics.flatMap(({ topic, partitions }) => [
          '--topic',
          quoted(partitions === null ? topic : `${topic}:${partitions.join(',')}`),
        ]);
  const text = reset.moves
    .flatMap(({ topic, partition, to }) => (to === null ? [] : [csvLine([topic, partition, to])]))
    .join('')
    .replaceAll('\r', '');
  return {
    commandLine: commandOf(cluster, reset.isShare, groupId, [
      '--reset-offsets',
      ...(isFile ? ['--from-file', fileName] : [...topics, ...option]),
      '--execute',
    ]),
    file: isFile ? { name: fileName, text } : null,
    yaml: yamlOf(cluster.id, groupId, reset.moves),
  };
}

/** The same deletion of a group, or of its offsets of topics. */
export function sameForgetting(
  cluster: Cluster,
  groupId: string,
  isShare: boolean,
  topics: readonly string[] | null,
): SameChange {
  const args =
    topics === null
      ? ['--delete']
      : ['--delete-offsets', ...topics.flatMap((topic) => ['--topic', quoted(topic)])];
  const head = `cluster: ${scalar(cluster.id)}\ngroup: ${scalar(groupId)}\n`;
  const body =
    topics === null
      ? 'delete: true\n'
      : `deleteOffsets:\n${topics.map((topic) => `  - ${scalar(topic)}\n`).join('')}`;
  return { commandLine: commandOf(cluster, isShare, groupId, args), file: null, yaml: head + body };
}

/** Null where the tool has no such option. The share tool knows the start, the end and a time only. */
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

function commandOf({ connection }: Cluster, isShare: boolean, groupId: string, args: string[]): string {
  const servers = connection.bootstrap.map(({ host, port }) => `${host}:${port}`).join(',');
  const isSecured = connection.tls.enabled || connection.sasl.mechanism !== 'none';
  return [
    isShare ? 'kafka-share-groups' : 'kafka-consumer-groups',
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

/** A word of a POSIX shell. */
const quoted = (text: string): string =>
  /^[A-Za-z0-9._:,/-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

/** A text in YAML: plain where nobody could read it as something else, else as a JSON text, which YAML reads alike. */
const scalar = (text: string): string =>
  /^[A-Za-z_][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)*$/.test(text) &&
  !/^(true|false|null|yes|no|on|off|y|n)$/i.test(text)
    ? text
    : JSON.stringify(text);
