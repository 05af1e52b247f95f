import type { ConfigChanges } from '#lib/model/config.ts';
import type { ConfigDiff } from '#lib/services/topic/configure-topics.ts';

/**
 * What takes a change of configs back: keys that had an own value get it again, others lose theirs. Topics with the same
 * way back are taken together. A value that could not be read (a secret) has no way back.
 */
export function inverseChanges(diff: readonly ConfigDiff[]): { topics: string[]; changes: ConfigChanges }[] {
  const byTopic = Map.groupBy(diff, (line) => line.topic);
  const groups = new Map<string, { topics: string[]; changes: ConfigChanges }>();
  for (const [topic, lines] of byTopic) {
    const changes: ConfigChanges = lines.flatMap(
      (line): ConfigChanges =>
        line.isOwn
          ? line.from === null
            ? []
            : [{ op: 'set' as const, name: line.name, value: line.from }]
          : [{ op: 'reset' as const, name: line.name }],
    );
    if (changes.length === 0) continue;
    const key = JSON.stringify(changes);
    const group = groups.get(key);
    if (group) group.topics.push(topic);
    else groups.set(key, { topics: [topic], changes });
  }
  return [...groups.values()];
}
