import { join } from 'node:path';
import { fetchArtifacts } from './machine/artifacts.ts';
import { javaForKafka } from './machine/java.ts';
import { type RunResult, run } from './machine/run.ts';
import type { PlatformSettings } from './settings.ts';

/**
 * Runs one of Kafka's own command-line tools by its class, e.g. `org.apache.kafka.tools.TopicCommand`: the independent
 * witness of what the cluster really holds. About one second each. `input` becomes its standard input.
 */
export async function runKafkaTool(
  settings: Pick<PlatformSettings, 'cacheDir'>,
  className: string,
  args: string[],
  options: { input?: string; timeoutMs?: number } = {},
): Promise<RunResult> {
  const java = await javaForKafka(settings.cacheDir);
  const classPath = join(await fetchArtifacts(settings.cacheDir, 'kafka'), '*');
  const machine = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Xmx256m', '-cp', classPath];
  return run(java.path, [...machine, className, ...args], { timeoutMs: 60_000, ...options });
}
