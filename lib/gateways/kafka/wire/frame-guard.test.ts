import { describe, expect, it } from 'vitest';
import { FrameGuard } from './frame-guard.ts';

const frame = (size: number, bytes = size): Buffer => {
  const buffer = Buffer.alloc(4 + bytes);
  buffer.writeInt32BE(size);
  return buffer;
};

describe('frame guard', () => {
  it('follows frames however they are cut', () => {
    const stream = Buffer.concat([frame(10), frame(4), frame(300)]);
    for (const step of [1, 2, 3, 7, 1_000]) {
      const guard = new FrameGuard();
      for (let at = 0; at < stream.length; at += step)
        expect(guard.push(stream.subarray(at, at + step))).toBeNull();
      expect(guard.push(frame(-1, 0))?.code).toBe('kafka.bad-frame');
    }
  });

  it.each([0, 3, -5, 2 ** 31 - 1])('refuses a frame of %i bytes', (size) => {
    expect(new FrameGuard().push(frame(size, 0))?.code).toBe('kafka.bad-frame');
  });

  it('knows a web server and TLS by their first bytes', () => {
    expect(new FrameGuard().push(Buffer.from('HTTP/1.1 400 Bad Request\r\n'))?.code).toBe('kafka.not-kafka');
    expect(new FrameGuard().push(Buffer.from([0x15, 3, 3, 0, 2, 2, 80]))?.code).toBe('kafka.tls-required');
  });
});
