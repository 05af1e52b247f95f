import { AppError } from '#lib/errors/app-error.ts';
import { badFrame } from './flat-reader.ts';

/** Larger answers are refused: no listing of a real cluster comes near. */
export const largestFrameBytes = 256 * 1024 * 1024;

/**
 * Watches the sizes that frames announce, beside the library that reads them: it would wait for 2 GB, or for
 * a size that is negative, without end. `push` answers why the stream cannot be Kafka, or null.
 */
export class FrameGuard {
  private readonly head = Buffer.alloc(4);
  private headLength = 0;
  private left = 0;

  push(chunk: Buffer): AppError | null {
    let at = 0;
    while (at < chunk.length) {
      if (this.left > 0) {
        const step = Math.min(this.left, chunk.length - at);
        this.left -= step;
        at += step;
        continue;
      }
      this.head[this.headLength] = chunk[at] as number;
      this.headLength += 1;
      at += 1;
      if (this.headLength < 4) continue;
      this.headLength = 0;
      const size = this.head.readInt32BE(0);
      if (isTlsRecord(this.head)) return new AppError('kafka.tls-required');
      if (this.head.toString('latin1') === 'HTTP')
        return new AppError('kafka.not-kafka', { spoke: 'a web server' });
      if (size < 4 || size > largestFrameBytes) return badFrame(`it announces ${size} bytes`);
      this.left = size;
    }
    return null;
  }
}

/** A handshake or alert of TLS where a frame should begin (RFC 8446 §5.1). */
const isTlsRecord = (head: Buffer): boolean =>
  (head[0] as number) >= 0x14 && (head[0] as number) <= 0x17 && head[1] === 3 && (head[2] as number) <= 4;
