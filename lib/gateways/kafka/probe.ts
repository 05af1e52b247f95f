import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { AppError } from '#lib/errors/app-error.ts';
import type { ClusterConnection, ClusterSecrets } from '#lib/model/cluster.ts';
import {
  type DescribedCluster,
  decodeDescribeCluster,
  describeClusterApi,
  encodeDescribeCluster,
} from './describe-cluster.ts';
import { chooseCodec } from './wire/api.ts';
import { metadataApi, metadataHeadOf, metadataRequest } from './wire/metadata-codec.ts';
import { tlsServerName, tlsSettings } from './wire/settings.ts';
import type { Wire } from './wire/wire.ts';

/** Opens a TCP connection and closes it. Rejects with Node's own error, or `kafka.connect-timeout`. */
export async function probeTcp(address: string, port: number, timeoutMs: number): Promise<void> {
  const socket = connectPlain({ host: address, port });
  try {
    await opened(socket, 'connect', timeoutMs);
  } finally {
    socket.destroy();
  }
}

export type TlsFacts = { protocol: string; cipher: string; validTo: Date | null };

/** Shakes hands as the client will, with the name verified, and closes. */
export async function probeTls(
  connection: ClusterConnection,
  secrets: ClusterSecrets,
  host: string,
  address: string,
  port: number,
  timeoutMs: number,
): Promise<TlsFacts> {
  const serverName = tlsServerName(connection, host);
  const socket: TLSSocket = connectTls({
    ...tlsSettings(connection, secrets),
    host: address,
    port,
    ...(serverName ? { servername: serverName } : {}),
  });
  try {
    await opened(socket, 'secureConnect', timeoutMs);
    const end = socket.getPeerCertificate().valid_to;
    return {
      protocol: socket.getProtocol() ?? '',
      cipher: socket.getCipher().name,
      validTo: end ? new Date(end) : null,
    };
  } finally {
    socket.destroy();
  }
}

function opened(socket: Socket, event: 'connect' | 'secureConnect', timeoutMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new AppError('kafka.connect-timeout', { timeoutMs })), timeoutMs);
    const end = (then: () => void) => () => {
      clearTimeout(timer);
      then();
    };
    socket.once(event, end(resolve));
    // Stays, so that an error after the verdict does not leave the socket as an exception.
    socket.on('error', (error) => end(() => reject(error))());
    socket.once(
      'close',
      end(() => reject(new Error('It closed the connection before secure TLS connection was established'))),
    );
  });
}

/** The cluster over a connection that is open already; from metadata where it cannot be described (before Kafka 2.8). */
export async function askCluster(wire: Wire): Promise<DescribedCluster> {
  if (wire.offered.has(describeClusterApi.key)) {
    const codec = chooseCodec(describeClusterApi, wire.offered);
    return decodeDescribeCluster(
      await wire.send(codec, [encodeDescribeCluster(codec.version)]),
      codec.version,
    );
  }
  const codec = chooseCodec(metadataApi, wire.offered);
  const bytes = await wire.send(codec, [metadataRequest(codec.version, [])]);
  const { brokers, clusterId, controllerId } = metadataHeadOf(bytes, codec.version);
  const unfenced = brokers.map((broker) => ({ ...broker, isFenced: false }));
  return { clusterId: clusterId ?? '', controllerId, operations: null, brokers: unfenced };
}
