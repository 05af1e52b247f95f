import {
  type API,
  apiVersionsV0,
  apiVersionsV3,
  Connection,
  type ConnectionOptions,
  ResponseError,
} from '@platformatic/kafka';
import { AppError } from '#lib/errors/app-error.ts';
import type { OfferedVersions } from './api.ts';
import { badFrame } from './flat-reader.ts';
import { FrameGuard } from './frame-guard.ts';
import { within } from './within.ts';

/** Name and version told to brokers (KIP-511); appears in their metrics. */
export const clientSoftware = { name: 'millrace', version: '0.1' } as const;

/**
 * One open connection to one broker, signed in, with the versions this broker offers. Errors that the library
 * throws for items of an answer come back as the answer itself.
 */
export class Wire {
  readonly connection: Connection;
  offered: OfferedVersions = new Map();
  /** Calls in flight. */
  calls = 0;
  /** Takes no new calls; closes when the last one has ended. */
  retired = false;
  closed = false;
  /** The broker asked for silence until then, on the monotonic clock. */
  throttledUntil = 0;
  /** When the oldest unanswered call was sent; 0 when none waits. */
  waitingSince = 0;
  /** The first thing that went wrong with it. */
  whyClosed: unknown = null;

  constructor(connection: Connection) {
    this.connection = connection;
    // Without a listener an 'error' event would be thrown out of the socket handler.
    connection.on('error', (error) => {
      this.whyClosed ??= error;
    });
    connection.on('close', () => {
      this.closed = true;
    });
  }

  get usable(): boolean {
    return !this.retired && !this.closed;
  }

  get bytesIn(): number {
    return this.connection.socket?.bytesRead ?? 0;
  }

  get bytesOut(): number {
    return this.connection.socket?.bytesWritten ?? 0;
  }

  /** Watches frame sizes from the first byte on: attached after the library's own handler, in the same turn. */
  guard(secure: boolean): void {
    const { socket } = this.connection;
    const frames = new FrameGuard();
    socket.once(secure ? 'secureConnect' : 'connect', () => {
      socket.on('data', (chunk: Buffer) => {
        const wrong = this.closed ? null : frames.push(chunk);
        if (wrong) this.fail(wrong);
      });
    });
  }

  fail(error: Error): void {
    this.whyClosed = error;
    this.connection.socket?.destroy(error);
  }

  /** Sends one request. Rejects only when no answer came or it could not be read. */
  async send<Args extends unknown[], Value>(codec: API<Args, Value>, args: Args): Promise<Value> {
    if (this.connection.status === 'reauthenticating') await this.connection.ready();
    if (this.calls === 0) this.waitingSince = performance.now();
    this.calls += 1;
    try {
      return await codec.async(this.connection, ...args);
    } catch (error) {
      if (error instanceof ResponseError) {
        const { response } = error as ResponseError & { response?: Value };
        if (response !== undefined) return response;
      }
      throw this.whyClosed ?? error;
    } finally {
      this.calls -= 1;
      this.waitingSince = this.calls === 0 ? 0 : performance.now();
      if (this.retired && this.calls === 0) this.close();
    }
  }

  /** No new calls; those in flight end or reach their deadline. */
  retire(): void {
    this.retired = true;
    if (this.calls === 0) this.close();
  }

  close(): void {
    this.retired = true;
    this.connection.close(() => undefined);
    if (!this.connection.socket?.destroyed) this.connection.socket?.destroy();
  }
}

/**
 * Connects, signs in and asks for versions, all within `timeoutMs`.
 * @param address where to connect to; `options` carry the name to verify.
 * @param onSignedIn called between the two, for those who time them.
 */
export async function openWire(
  clientId: string,
  options: ConnectionOptions,
  address: string,
  port: number,
  timeoutMs: number,
  onSignedIn?: () => void,
): Promise<Wire> {
  const connection = new Connection(clientId, options);
  const wire = new Wire(connection);
  const work = (async () => {
    const connected = connection.connect(address, port);
    wire.guard(options.tls !== undefined);
    await connected;
    onSignedIn?.();
    wire.offered = await askVersions(wire);
    return wire;
  })();
  try {
    return await within(work, timeoutMs, undefined, () => new Error('Connecting timed out.'));
  } catch (error) {
    wire.close();
    throw wire.whyClosed instanceof AppError ? wire.whyClosed : error;
  }
}

async function askVersions(wire: Wire): Promise<OfferedVersions> {
  let answer = await wire
    .send(apiVersionsV3.api, [clientSoftware.name, clientSoftware.version])
    .catch((error: unknown) => {
      // Brokers older than 2.4 answer in the shape of version 0, which version 3 cannot read.
      if (wire.closed) throw error;
      return null;
    });
  if (!answer || answer.errorCode === 35) {
    answer = await wire.send(apiVersionsV0.api, [clientSoftware.name, clientSoftware.version]);
  }
  if (answer.errorCode !== 0 || answer.apiKeys.length === 0) throw badFrame('it names no versions');
  return new Map(answer.apiKeys.map((api) => [api.apiKey, [api.minVersion, api.maxVersion] as const]));
}
