import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fetchArtifacts } from '../machine/artifacts.ts';
import { javaForKafka } from '../machine/java.ts';
import { run } from '../machine/run.ts';
import { PlatformProblem } from '../problem.ts';
import { brokerIds, loopback } from '../settings.ts';
import { brokerProperties, jmxExporterConfig, keySetUrl, loggingConfig } from './broker-properties.ts';
import { ensureCertificates } from './certificates.ts';
import { credentials, scramMechanisms } from './credentials.ts';
import { askLivingBrokers } from './living-brokers.ts';
import type { Part, PlatformContext } from './part.ts';
import { ensureTokenKeys } from './token-issuer.ts';

const nodeDirOf = (dataDir: string, id: number) => join(dataDir, 'brokers', String(id));

type ClusterIdentity = { clusterId: string; directoryIds: Record<number, string> };

/** Kafka writes uuids as 16 bytes in URL-safe base64; one that begins with "-" would be read as an option. */
function newUuid(): string {
  const text = randomBytes(16).toString('base64url');
  return text.startsWith('-') ? newUuid() : text;
}

/** The cluster id and the directory id of every voter: made once, kept beside the data. */
function clusterIdentity(dataDir: string): ClusterIdentity {
  const path = join(dataDir, 'brokers', 'identity.json');
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8')) as ClusterIdentity;
  const identity = {
    clusterId: newUuid(),
    directoryIds: Object.fromEntries(brokerIds.map((id) => [id, newUuid()])),
  };
  mkdirSync(join(dataDir, 'brokers'), { recursive: true });
  writeFileSync(path, JSON.stringify(identity));
  return identity;
}

async function formatNode(
  context: PlatformContext,
  id: number,
  java: string,
  classPath: string,
): Promise<void> {
  const nodeDir = nodeDirOf(context.settings.dataDir, id);
  if (existsSync(join(nodeDir, 'data', 'meta.properties'))) return;
  const identity = clusterIdentity(context.settings.dataDir);
  const voters = brokerIds.map(
    (voter) => `${voter}@${loopback}:${context.ports.controller(voter)}:${identity.directoryIds[voter]}`,
  );
  const users = Object.values(credentials).flatMap((user) =>
    scramMechanisms.map((mechanism) => `${mechanism}=[name=${user.username},password=${user.password}]`),
  );
  const args = [
    ...['-XX:TieredStopAtLevel=1', '-Xmx192m', '-cp', classPath, 'kafka.tools.StorageTool', 'format'],
    ...['-t', identity.clusterId, '-c', join(nodeDir, 'server.properties')],
    ...['--initial-controllers', voters.join(',')],
    ...users.flatMap((user) => ['--add-scram', user]),
  ];
  const { code, stdout, stderr } = await run(java, args);
  if (code !== 0)
    throw new PlatformProblem(
      `The storage of broker ${id} could not be formatted: ${(stderr || stdout).trim()}`,
    );
}

function fileIn(folder: string, pattern: RegExp): string {
  const name = readdirSync(folder).find((file) => pattern.test(file));
  if (!name) throw new PlatformProblem(`${folder} is incomplete; delete it and run again.`);
  return join(folder, name);
}

async function launchBroker(context: PlatformContext, id: number) {
  const { dataDir, cacheDir } = context.settings;
  const java = await javaForKafka(cacheDir);
  const classPath = join(await fetchArtifacts(cacheDir, 'kafka'), '*');
  const extras = await fetchArtifacts(cacheDir, 'broker-extras');
  await ensureCertificates(dataDir);
  ensureTokenKeys(dataDir);

  const nodeDir = nodeDirOf(dataDir, id);
  const configPath = join(nodeDir, 'server.properties');
  const loggingPath = join(nodeDir, 'log4j2.properties');
  const jmxPath = join(nodeDir, 'jmx.yaml');
  mkdirSync(nodeDir, { recursive: true });
  const storageJar = fileIn(extras, /^kafka-storage-.*-test\.jar$/);
  writeFileSync(configPath, brokerProperties({ id, ports: context.ports, dataDir, nodeDir, storageJar }));
  writeFileSync(loggingPath, loggingConfig);
  writeFileSync(jmxPath, jmxExporterConfig);
  await formatNode(context, id, java.path, classPath);

  const agent = fileIn(extras, /^jmx_prometheus_javaagent-.*\.jar$/);
  const args = [
    // The first compiler only: half the CPU time of a start (3 s for 6 s) and 40 MB less, which counts on two cores.
    ...['-Xms128m', '-Xmx384m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Djava.awt.headless=true'],
    `-Dlog4j2.configurationFile=${loggingPath}`,
    `-Dorg.apache.kafka.sasl.oauthbearer.allowed.urls=${keySetUrl(dataDir)}`,
    `-javaagent:${agent}=${loopback}:${context.ports.jmx(id)}:${jmxPath}`,
    ...['-cp', classPath, 'kafka.Kafka', configPath],
  ];
  return { command: java.path, args };
}

/** One combined broker and controller. */
export function brokerPart(context: PlatformContext, id: number): Part {
  const { ports } = context;
  return {
    name: `broker-${id}`,
    title: `broker ${id}`,
    ports: [
      ports.plaintext(id),
      ports.saslPlaintext(id),
      ports.saslSsl(id),
      ports.ssl(id),
      ports.controller(id),
      ports.jmx(id),
    ],
    launch: () => launchBroker(context, id),
    answers: async () => (await askLivingBrokers(ports.plaintext(id))).includes(id),
    startTimeoutMs: 60_000,
  };
}
