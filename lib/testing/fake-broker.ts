import { createServer, type Server, type Socket } from 'node:net';
import type { HostPort } from '#lib/model/cluster.ts';
import { answerTo, type FakeShape, isFlexible } from './fake-broker-answers.ts';

/** A request as the fake received it. */
export type FakeRequest = {
  /** Id of the broker that was asked, from 1. */
  broker: number;
  apiKey: number;
  apiVersion: number;
  correlationId: number;
  /** What follows the header. */
  body: Buffer;
};

/**
 * What the fake does: the body of an answer, given at once or late; bytes as they are, frame and all; silence; or
 * the end of the connection.
 */
export type FakeAnswer = { body: Buffer; delayMs?: number } | { raw: Buffer } | 'hang' | 'close';

export type FakeSettings = Partial<FakeShape> & {
  /** Takes the place of the usual answer; `usual` makes that one. */
  answer?: (request: FakeRequest, usual: () => Buffer) => FakeAnswer | undefined;
};

export type FakeCluster = {
  bootstrap: HostPort[];
  /** Every connection that was opened: which broker, and when on the monotonic clock. */
  connections: { broker: number; at: number }[];
  /** The last two thousand. */
  requests: FakeRequest[];
  /** Takes the place of the `answer` given at the start. */
  setAnswer(answer: FakeSettings['answer']): void;
  /** Closes the port and all connections of one broker, as a killed process does. */
  kill(broker: number): Promise<void>;
  /** Opens the port of a killed broker again. */
  revive(broker: number): Promise<void>;
  stop(): Promise<void>;
};

const loopback = '127.0.0.1';

/**
 * A cluster that speaks just enough of the wire to answer what Millrace asks, of any size, and to misbehave in ways
 * that a real broker cannot be made to: hang, answer slowly, send broken frames, lie in its metadata.
 */
export async function startFakeCluster(settings: FakeSettings = {}): Promise<FakeCluster> {
  const { answer: firstAnswer, ...given } = settings;
  const shape: FakeShape = {
    brokers: 3,
    topics: 3,
    partitions: 4,
    replicationFactor: 3,
    groups: 2,
    topicsPerGroup: 1,
    addresses: [],
    ...given,
  };
  let answer = firstAnswer;
  const servers = new Map<number, Server>();
  const sockets = new Map<number, Set<Socket>>();
  const cluster: FakeCluster = {
    bootstrap: [],
    connections: [],
    requests: [],
    setAnswer(next) {
      answer = next;
    },
    async kill(broker) {
      const server = servers.get(broker);
      const closed = new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
      for (const socket of sockets.get(broker) ?? []) socket.destroy();
      await closed;
    },
    async revive(broker) {
      await listen(broker, shape.addresses[broker - 1]?.port ?? 0);
    },
    async stop() {
      await Promise.all([...servers.keys()].map((broker) => cluster.kill(broker)));
    },
  };

  const serve = (broker: number, socket: Socket): void => {
    const own = sockets.get(broker) ?? new Set();
    sockets.set(broker, own.add(socket));
    cluster.connections.push({ broker, at: performance.now() });
    socket.on('close', () => own.delete(socket));
    socket.on('error', () => undefined);
    let pending: Buffer = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
      while (pending.length >= 4 && pending.length >= pending.readInt32BE(0) + 4) {
        const end = pending.readInt32BE(0) + 4;
        handle(broker, socket, pending.subarray(4, end));
        pending = pending.subarray(end);
      }
    });
  };

  const handle = (broker: number, socket: Socket, frame: Buffer): void => {
    const request = requestOf(broker, frame);
    cluster.requests.push(request);
    if (cluster.requests.length > 2_000) cluster.requests.shift();
    const usual = () => answerTo(request, shape);
    const decided = answer?.(request, usual) ?? { body: usual() };
    if (decided === 'hang') return;
    if (decided === 'close') {
      socket.destroy();
      return;
    }
    const bytes = 'raw' in decided ? decided.raw : frameOf(request, decided.body);
    const delayMs = 'raw' in decided ? 0 : (decided.delayMs ?? 0);
    if (delayMs === 0) socket.write(bytes);
    else setTimeout(() => socket.write(bytes), delayMs);
  };

  const listen = async (broker: number, port: number): Promise<number> => {
    const server = createServer((socket) => serve(broker, socket));
    servers.set(broker, server);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, loopback, resolve);
    });
    const address = server.address();
    return typeof address === 'object' && address ? address.port : 0;
  };

  const ports = await Promise.all(Array.from({ length: shape.brokers }, (_, i) => listen(i + 1, 0)));
  cluster.bootstrap = ports.map((port) => ({ host: loopback, port }));
  if (shape.addresses.length === 0) shape.addresses = cluster.bootstrap;
  return cluster;
}

function requestOf(broker: number, frame: Buffer): FakeRequest {
  const apiKey = frame.readInt16BE(0);
  const apiVersion = frame.readInt16BE(2);
  const clientIdLength = Math.max(0, frame.readInt16BE(8));
  const headerEnd = 10 + clientIdLength + (isFlexible(apiKey, apiVersion) ? 1 : 0);
  return { broker, apiKey, apiVersion, correlationId: frame.readInt32BE(4), body: frame.subarray(headerEnd) };
}

/** A whole frame around a body. ApiVersions never has tags in its header (KIP-511). */
export function frameOf(
  request: Pick<FakeRequest, 'apiKey' | 'apiVersion' | 'correlationId'>,
  body: Buffer,
): Buffer {
  const hasTags = request.apiKey !== 18 && isFlexible(request.apiKey, request.apiVersion);
  const head = Buffer.alloc(hasTags ? 9 : 8);
  head.writeInt32BE(body.length + head.length - 4, 0);
  head.writeInt32BE(request.correlationId, 4);
  return Buffer.concat([head, body]);
}
