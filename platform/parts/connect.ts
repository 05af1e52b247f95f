import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fetchArtifacts } from '../machine/artifacts.ts';
import { javaForKafka } from '../machine/java.ts';
import { brokerIds, loopback } from '../settings.ts';
import { loggingConfig } from './broker-properties.ts';
import { answersGet } from './health.ts';
import type { Part, PlatformContext } from './part.ts';

function workerProperties(context: PlatformContext, pluginDir: string): string {
  const { ports } = context;
  const json = 'org.apache.kafka.connect.json.JsonConverter';
  const lines = {
    'bootstrap.servers': brokerIds.map((id) => `${loopback}:${ports.plaintext(id)}`).join(','),
    'group.id': 'millrace-connect',
    'key.converter': json,
    'key.converter.schemas.enable': 'false',
    'value.converter': json,
    'value.converter.schemas.enable': 'false',
    'config.storage.topic': 'connect-configs',
    'config.storage.replication.factor': '3',
    'offset.storage.topic': 'connect-offsets',
    'offset.storage.replication.factor': '3',
    'offset.storage.partitions': '3',
    'status.storage.topic': 'connect-status',
    'status.storage.replication.factor': '3',
    'status.storage.partitions': '1',
    'offset.flush.interval.ms': '2000',
    'scheduled.rebalance.max.delay.ms': '3000',
    'session.timeout.ms': '10000',
    listeners: `http://${loopback}:${ports.connect}`,
    'rest.advertised.host.name': loopback,
    'rest.advertised.port': String(ports.connect),
    'plugin.path': pluginDir,
    'plugin.discovery': 'service_load',
    // A connector's own client settings may be overridden by its config: needed to try wrong credentials.
    'connector.client.config.override.policy': 'All',
  };
  return `${Object.entries(lines)
    .map(([key, value]) => `${key}=${value}`)
    .join('\n')}\n`;
}

async function launchConnect(context: PlatformContext) {
  const { dataDir, cacheDir } = context.settings;
  const java = await javaForKafka(cacheDir);
  const classPath = join(await fetchArtifacts(cacheDir, 'connect'), '*');
  const pluginDir = await fetchArtifacts(cacheDir, 'connect-plugins');
  const dir = join(dataDir, 'connect');
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, 'worker.properties'), workerProperties(context, pluginDir));
  writeFileSync(join(dir, 'log4j2.properties'), loggingConfig);
  const args = [
    ...['-Xms64m', '-Xmx128m', '-Xss512k', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'],
    `-Dlog4j2.configurationFile=${join(dir, 'log4j2.properties')}`,
    ...['-cp', classPath, 'org.apache.kafka.connect.cli.ConnectDistributed', join(dir, 'worker.properties')],
  ];
  return { command: java.path, args };
}

/** One Connect worker in distributed mode with the file and mirror connectors. */
export function connectPart(context: PlatformContext): Part {
  return {
    name: 'connect',
    title: 'Connect worker',
    ports: [context.ports.connect],
    launch: () => launchConnect(context),
    // /health also asks whether the worker has joined its group and read its topics.
    answers: () => answersGet(`http://${loopback}:${context.ports.connect}/health`),
    startTimeoutMs: 90_000,
  };
}
