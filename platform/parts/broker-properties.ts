import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brokerIds, loopback, type PlatformPorts } from '../settings.ts';
import { certificatePaths } from './certificates.ts';
import { credentials, scramMechanisms } from './credentials.ts';
import { tokenIssuer, tokenIssuerPaths } from './token-issuer.ts';

const scramModule = 'org.apache.kafka.common.security.scram.ScramLoginModule required;';

function listenerLines(id: number, ports: PlatformPorts): Record<string, string> {
  const listeners = {
    PLAINTEXT: ports.plaintext(id),
    SASL_PLAINTEXT: ports.saslPlaintext(id),
    SASL_SSL: ports.saslSsl(id),
    SSL: ports.ssl(id),
  };
  const forClients = Object.entries(listeners).map(([name, port]) => `${name}://${loopback}:${port}`);
  const controller = `CONTROLLER://${loopback}:${ports.controller(id)}`;
  return {
    listeners: [...forClients, controller].join(','),
    'advertised.listeners': [...forClients, controller].join(','),
    'listener.security.protocol.map':
      'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SASL_PLAINTEXT:SASL_PLAINTEXT,SASL_SSL:SASL_SSL,SSL:SSL',
    'inter.broker.listener.name': 'PLAINTEXT',
    'controller.listener.names': 'CONTROLLER',
    'controller.quorum.bootstrap.servers': brokerIds
      .map((other) => `${loopback}:${ports.controller(other)}`)
      .join(','),
  };
}

function securityLines(dataDir: string): Record<string, string> {
  const tls = certificatePaths(dataDir);
  const lines: Record<string, string> = {
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'allow.everyone.if.no.acl.found': 'false',
    'super.users': `User:ANONYMOUS;User:${credentials.admin.username}`,
    'sasl.enabled.mechanisms': scramMechanisms.join(','),
    'listener.name.sasl_ssl.sasl.enabled.mechanisms': [...scramMechanisms, 'PLAIN', 'OAUTHBEARER'].join(','),
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.location': tls.brokerKeyStore,
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.location': tls.authority,
    'listener.name.ssl.ssl.client.auth': 'required',
    'ssl.principal.mapping.rules': 'RULE:^CN=([^,]+).*$/$1/',
  };
  for (const listener of ['sasl_plaintext', 'sasl_ssl']) {
    for (const mechanism of scramMechanisms) {
      lines[`listener.name.${listener}.${mechanism.toLowerCase()}.sasl.jaas.config`] = scramModule;
    }
  }
  const plainUsers = Object.values(credentials).map((user) => `user_${user.username}="${user.password}"`);
  lines['listener.name.sasl_ssl.plain.sasl.jaas.config'] =
    `org.apache.kafka.common.security.plain.PlainLoginModule required ${plainUsers.join(' ')};`;
  return { ...lines, ...tokenLines(dataDir) };
}

/** Signed tokens are checked against the key set in a file, as they would be against an identity provider's. */
function tokenLines(dataDir: string): Record<string, string> {
  const oauth = 'org.apache.kafka.common.security.oauthbearer';
  const prefix = 'listener.name.sasl_ssl.oauthbearer.sasl';
  return {
    [`${prefix}.jaas.config`]: `${oauth}.OAuthBearerLoginModule required;`,
    [`${prefix}.server.callback.handler.class`]: `${oauth}.OAuthBearerValidatorCallbackHandler`,
    'sasl.oauthbearer.jwks.endpoint.url': keySetUrl(dataDir),
    'sasl.oauthbearer.expected.issuer': tokenIssuer.issuer,
    'sasl.oauthbearer.expected.audience': tokenIssuer.audience,
  };
}

/** Where brokers read the keys of signed tokens; their JVM must also be told that it may. */
export const keySetUrl = (dataDir: string): string => pathToFileURL(tokenIssuerPaths(dataDir).keySet).href;

/** Few partitions and threads: three brokers share a small machine. */
const economy: Record<string, string> = {
  'group.initial.rebalance.delay.ms': '0',
  // A killed broker is missed after 6 s instead of 9, so that what follows from it can be seen within 15.
  'broker.session.timeout.ms': '6000',
  'broker.heartbeat.interval.ms': '1500',
  'offsets.topic.num.partitions': '6',
  'offsets.topic.replication.factor': '3',
  'transaction.state.log.num.partitions': '3',
  'transaction.state.log.replication.factor': '3',
  'transaction.state.log.min.isr': '2',
  'share.coordinator.state.topic.num.partitions': '3',
  'share.coordinator.state.topic.replication.factor': '3',
  'share.coordinator.state.topic.min.isr': '2',
  'default.replication.factor': '3',
  'min.insync.replicas': '2',
  'auto.create.topics.enable': 'false',
  'log.cleaner.dedupe.buffer.size': '4194304',
  'log.cleaner.threads': '1',
  'log.cleaner.backoff.ms': '2000',
  'log.retention.check.interval.ms': '10000',
  'num.network.threads': '2',
  'num.io.threads': '2',
  'num.replica.fetchers': '1',
  'num.recovery.threads.per.data.dir': '1',
  'background.threads': '4',
};

function tieredLines(nodeDir: string, storageJar: string): Record<string, string> {
  const prefix = 'rsm.config.';
  return {
    'remote.log.storage.system.enable': 'true',
    'remote.log.storage.manager.class.name': 'org.apache.kafka.server.log.remote.storage.LocalTieredStorage',
    'remote.log.storage.manager.class.path': storageJar,
    'remote.log.storage.manager.impl.prefix': prefix,
    [`${prefix}dir`]: join(nodeDir, '../tiered'),
    'remote.log.metadata.manager.listener.name': 'PLAINTEXT',
    'rlmm.config.remote.log.metadata.topic.replication.factor': '3',
    'rlmm.config.remote.log.metadata.topic.num.partitions': '3',
    'remote.log.manager.task.interval.ms': '5000',
  };
}

/** The `server.properties` of one combined broker and controller. */
export function brokerProperties(input: {
  id: number;
  ports: PlatformPorts;
  dataDir: string;
  nodeDir: string;
  storageJar: string;
}): string {
  const lines = {
    'process.roles': 'broker,controller',
    'node.id': String(input.id),
    'broker.rack': `rack-${input.id}`,
    'log.dirs': join(input.nodeDir, 'data'),
    ...listenerLines(input.id, input.ports),
    ...securityLines(input.dataDir),
    ...economy,
    ...tieredLines(input.nodeDir, input.storageJar),
  };
  return `${Object.entries(lines)
    .map(([key, value]) => `${key}=${value}`)
    .join('\n')}\n`;
}

/**
 * What the JMX exporter asks each broker for. A scrape of everything costs 0.45 s and 5,000 lines; this is the part
 * that cannot be had over Kafka's own protocol.
 */
export const jmxExporterConfig = `lowercaseOutputName: true
includeObjectNames:
  - "kafka.server:type=BrokerTopicMetrics,name=*"
  - "kafka.server:type=ReplicaManager,*"
  - "kafka.server:type=KafkaRequestHandlerPool,*"
  - "kafka.server:type=raft-metrics"
  - "kafka.network:type=RequestMetrics,name=TotalTimeMs,request=Produce"
  - "kafka.network:type=RequestMetrics,name=TotalTimeMs,request=Fetch*"
  - "kafka.network:type=RequestMetrics,name=TotalTimeMs,request=Metadata"
  - "kafka.network:type=RequestMetrics,name=RequestsPerSec,request=Produce,*"
  - "kafka.network:type=RequestMetrics,name=RequestsPerSec,request=Fetch*,*"
  - "kafka.network:type=RequestChannel,name=RequestQueueSize"
  - "kafka.network:type=SocketServer,name=NetworkProcessorAvgIdlePercent"
  - "kafka.controller:type=KafkaController,*"
  - "kafka.controller:type=ControllerEventManager,name=EventQueueTimeMs"
  - "kafka.controller:type=ControllerStats,*"
  - "kafka.log:type=LogFlushStats,*"
  - "java.lang:type=Memory"
  - "java.lang:type=OperatingSystem"
rules:
  - pattern: ".*"
`;

/** Warnings and better to the log file; the tiered-storage manager logs its normal waiting as errors. */
export const loggingConfig = `status=error
appender.console.type=Console
appender.console.name=console
appender.console.layout.type=PatternLayout
appender.console.layout.pattern=%d{yyyy-MM-dd HH:mm:ss.SSS} %p %m (%c{1})%n
rootLogger.level=info
rootLogger.appenderRef.console.ref=console
logger.storage.name=org.apache.kafka.storage.internals.log
logger.storage.level=warn
logger.remote.name=org.apache.kafka.server.log.remote
logger.remote.level=error
`;
