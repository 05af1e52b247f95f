import { connect } from 'node:net';
import { Kafka, logLevel } from 'kafkajs';
import { loopback } from '../settings.ts';

/** Whether something on this loopback port takes a connection within a second. */
export function acceptsConnection(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: loopback, timeout: 1_000 });
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => end(true));
    socket.once('timeout', () => end(false));
    socket.once('error', () => end(false));
  });
}

/** Whether a GET is answered with 2xx within two seconds. */
export async function answersGet(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

/** Ids of the brokers that the cluster itself counts as alive, asked through the given broker. */
export async function livingBrokers(bootstrap: string[]): Promise<number[]> {
  const kafka = new Kafka({
    brokers: bootstrap,
    logLevel: logLevel.NOTHING,
    connectionTimeout: 1_000,
    requestTimeout: 3_000,
    retry: { retries: 0 },
  });
  const admin = kafka.admin();
  try {
    await admin.connect();
    const { brokers, controller } = await admin.describeCluster();
    return controller === null || controller < 0 ? [] : brokers.map((broker) => broker.nodeId).sort((a, b) => a - b);
  } catch {
    return [];
  } finally {
    await admin.disconnect().catch(() => {});
  }
}
