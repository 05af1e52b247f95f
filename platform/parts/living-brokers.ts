import { connect } from 'node:net';
import { loopback } from '../settings.ts';

/**
 * Metadata request, version 9 (KIP-482 flexible header), for no topics: asks a broker which brokers it counts as alive.
 * Written out here because the platform must be checkable without any of the clients that are checked against it.
 */
const request = Buffer.from([
  ...[0, 3, 0, 9], // api key, api version
  ...[0, 0, 0, 1], // correlation id
  ...[0, 1, 0x70], // client id "p"
  0, // header: no tagged fields
  1, // topics: compact array of length 0
  0, // no auto topic creation
  ...[0, 0], // no authorized operations
  0, // no tagged fields
]);

/** Reads the compact types of Kafka's flexible protocol versions. */
class Reader {
  readonly bytes: Buffer;
  at: number;
  constructor(bytes: Buffer, at: number) {
    this.bytes = bytes;
    this.at = at;
  }
  int32(): number {
    this.at += 4;
    return this.bytes.readInt32BE(this.at - 4);
  }
  varint(): number {
    for (let value = 0, shift = 0; ; shift += 7) {
      const byte = this.bytes.readUInt8(this.at++);
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  }
  skipString(): void {
    const length = Math.max(0, this.varint() - 1);
    this.at += length;
  }
}

function brokerIdsIn(frame: Buffer): number[] {
  const reader = new Reader(frame, 4); // after the correlation id
  reader.varint(); // header tagged fields
  reader.int32(); // throttle time
  const ids: number[] = [];
  for (let left = reader.varint() - 1; left > 0; left--) {
    ids.push(reader.int32());
    reader.skipString(); // host
    reader.int32(); // port
    reader.skipString(); // rack
    reader.varint(); // tagged fields
  }
  return ids.sort((a, b) => a - b);
}

/** Ids of the brokers that the broker on this PLAINTEXT port counts as alive; rejects when it does not answer in 2 s. */
export function askLivingBrokers(port: number): Promise<number[]> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: loopback, timeout: 2_000 });
    let received = Buffer.alloc(0);
    const fail = (reason: string) => {
      socket.destroy();
      reject(new Error(reason));
    };
    socket.once('timeout', () => fail('no answer'));
    socket.once('error', (error) => fail(error.message));
    socket.once('end', () => fail('connection closed'));
    socket.once('connect', () => {
      const size = Buffer.alloc(4);
      size.writeInt32BE(request.length);
      socket.write(Buffer.concat([size, request]));
    });
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      if (received.length < 4 || received.length < 4 + received.readInt32BE(0)) return;
      socket.destroy();
      try {
        resolve(brokerIdsIn(received.subarray(4)));
      } catch (error) {
        reject(error instanceof Error ? error : new Error('unreadable answer'));
      }
    });
  });
}
