import diagnostics from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { registry } from '#lib/process.ts';

/** The address at the other end of the socket, as this process saw it. What a client sends under this name is thrown away. */
export const peerHeader = 'x-millrace-peer';

/**
 * Writes the socket's address to a header of every request, before anything reads it.
 *
 * Next keeps an `X-Forwarded-For` that the client made up and drops the socket's address, so that without
 * this the one thing a client cannot forge would be lost (R8). Must run before the server listens.
 */
export function watchPeerAddresses(): void {
  registry('peer-addresses', () => {
    diagnostics.subscribe('http.server.request.start', (message) => {
      const { request } = message as { request: IncomingMessage };
      request.headers[peerHeader] = request.socket.remoteAddress ?? '';
    });
    return true;
  });
}
