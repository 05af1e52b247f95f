import { existsSync, globSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fetchArtifacts } from '../machine/artifacts.ts';
import { javaForRegistry } from '../machine/java.ts';
import { PlatformProblem } from '../problem.ts';
import { loopback } from '../settings.ts';
import { answersGet } from './health.ts';
import type { Part, PlatformContext } from './part.ts';

async function launchRegistry(context: PlatformContext) {
  const { dataDir, cacheDir } = context.settings;
  const java = await javaForRegistry(cacheDir);
  const folder = await fetchArtifacts(cacheDir, 'registry');
  const jar = globSync('**/quarkus-run.jar', { cwd: folder })[0];
  if (!jar || !existsSync(join(folder, jar))) {
    throw new PlatformProblem(`${folder} is incomplete; delete it and run again.`);
  }
  const dir = join(dataDir, 'registry');
  mkdirSync(dir, { recursive: true });
  const options = {
    'quarkus.http.host': loopback,
    'quarkus.http.port': String(context.ports.registry),
    'quarkus.management.host': loopback,
    'quarkus.management.port': String(context.ports.registryManagement),
    'apicurio.storage.kind': 'sql',
    'apicurio.storage.sql.kind': 'h2',
    'apicurio.datasource.url': `jdbc:h2:file:${join(dir, 'registry')}`,
    'apicurio.datasource.jdbc.initial-size': '2',
    'apicurio.datasource.jdbc.min-size': '2',
    'apicurio.rules.global.compatibility': 'BACKWARD',
    'apicurio.rules.global.validity': 'FULL',
  };
  const args = [
    ...['-Xmx160m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'],
    ...Object.entries(options).map(([key, value]) => `-D${key}=${value}`),
    ...['-jar', join(folder, jar)],
  ];
  // The archive carries relative paths that are looked up from its own folder.
  return { command: java.path, args, env: { QUARKUS_HOME: dirname(join(folder, jar)) } };
}

/** The schema registry: Apicurio with its Confluent-compatible API under `/apis/ccompat/v7`. */
export function registryPart(context: PlatformContext): Part {
  const { ports } = context;
  return {
    name: 'registry',
    title: 'schema registry',
    ports: [ports.registry, ports.registryManagement],
    launch: () => launchRegistry(context),
    answers: () => answersGet(`http://${loopback}:${ports.registry}/apis/ccompat/v7/subjects`),
    startTimeoutMs: 90_000,
  };
}
