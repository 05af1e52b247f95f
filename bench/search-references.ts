import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { PlatformHandle } from '#platform/handle.ts';
import { fetchArtifacts } from '#platform/machine/artifacts.ts';
import { javaForKafka } from '#platform/machine/java.ts';
import { needle, type SearchTopic } from './search-topics.ts';

/** What one run of another program took, its whole pipe together. */
export type ReferenceRun = { ms: number; cpuMs: number };

/** kcat as it is called on a command line, if it is installed. */
export const hasKcat = (): boolean => spawnSync('kcat', ['-V']).status === 0;

/** Reads a whole topic with kcat and counts the lines that hold the needle. @throws when the count is wrong. */
export function runKcat(platform: PlatformHandle, spec: SearchTopic): ReferenceRun {
  const read = `kcat -C -b ${platform.bootstrap.join(',')} -t ${spec.topic} -o beginning -e -q`;
  return timedPipe(`${read} | grep -c '${needle}'`, spec);
}

/** The same with Kafka's own console consumer, on a heap and a compiler of its own choice. */
export async function runConsoleConsumer(platform: PlatformHandle, spec: SearchTopic): Promise<ReferenceRun> {
  const { cacheDir } = platform.settings;
  const { path } = await javaForKafka(cacheDir);
  const classPath = join(await fetchArtifacts(cacheDir, 'kafka'), '*');
  const read = [
    `'${path}' -cp '${classPath}' org.apache.kafka.tools.consumer.ConsoleConsumer`,
    `--bootstrap-server ${platform.bootstrap.join(',')} --topic ${spec.topic} --from-beginning`,
    `--max-messages ${spec.records} --timeout-ms 60000`,
  ].join(' ');
  return timedPipe(`${read} 2>/dev/null | grep -c '${needle}'`, spec);
}

/** Bash adds up what all programs of a pipe used. */
function timedPipe(pipe: string, spec: SearchTopic): ReferenceRun {
  const script = `TIMEFORMAT='%R %U %S'; time { ${pipe}; }`;
  const { stdout, stderr } = spawnSync('bash', ['-c', script], { encoding: 'utf8' });
  const [wall = Number.NaN, user = 0, system = 0] = (stderr.trim().split('\n').at(-1) ?? '')
    .split(' ')
    .map(Number);
  if (Number(stdout.trim()) !== spec.needles)
    throw new Error(`${pipe} found ${stdout.trim()} of ${spec.needles}: ${stderr.slice(0, 300)}`);
  return { ms: wall * 1000, cpuMs: (user + system) * 1000 };
}
