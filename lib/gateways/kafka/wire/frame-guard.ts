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

  push(chunk: Buffer): { reason: string; spoke?: string } | null {
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
      if (this.head.toString('latin1') === 'HTTP')
        return { reason: 'it answered as HTTP', spoke: 'a web server (HTTP)' };
      if (size < 4) return { reason: `it announces ${size} bytes` };
      if (size > largestFrameBytes) return { reason: `it announces ${size} bytes` };
      this.left = size;
    }
    return null;
  }
}
