/** What a decompressor answers: the bytes, or why there are none. It never throws. */
export type Inflated = { bytes: Buffer } | { problem: string };

const XERIAL_MAGIC = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00]);
const XERIAL_HEADER_BYTES = 16;

/**
 * Snappy as Kafka's clients write it: the xerial framing of the Java client (a 16-byte header, then blocks with a
 * 4-byte big-endian length each) or one raw snappy block (librdkafka, Go clients).
 * @param maxBytes most bytes that may come out.
 */
export function inflateSnappy(source: Uint8Array, maxBytes: number): Inflated {
  return isXerial(source) ? inflateXerial(source, maxBytes) : inflateRaw(source, maxBytes);
}

function isXerial(source: Uint8Array): boolean {
  return source.length >= XERIAL_HEADER_BYTES && XERIAL_MAGIC.every((byte, i) => source[i] === byte);
}

function inflateXerial(source: Uint8Array, maxBytes: number): Inflated {
  const blocks: { start: number; end: number; size: number; body: number }[] = [];
  let total = 0;
  let at = XERIAL_HEADER_BYTES;
  while (at < source.length) {
    if (at + 4 > source.length) return { problem: 'snappy: a block length is cut off' };
    const length = readUint32(source, at);
    const start = at + 4;
    if (length > source.length - start) return { problem: 'snappy: a block is cut off' };
    const size = readSize(source, start, start + length);
    if (!size) return { problem: 'snappy: a block has no readable size' };
    if (isLie(size.value, length)) return broken();
    total += size.value;
    if (total > maxBytes) return { problem: tooLarge(maxBytes) };
    blocks.push({ start, end: start + length, size: size.value, body: size.next });
    at = start + length;
  }
  const out = Buffer.allocUnsafeSlow(total);
  let written = 0;
  for (const block of blocks) {
    if (!inflateBlock(source, block.body, block.end, out, written, written + block.size)) return broken();
    written += block.size;
  }
  return { bytes: out };
}

function inflateRaw(source: Uint8Array, maxBytes: number): Inflated {
  const size = readSize(source, 0, source.length);
  if (!size) return { problem: 'snappy: no readable size' };
  if (size.value > maxBytes) return { problem: tooLarge(maxBytes) };
  if (isLie(size.value, source.length)) return broken();
  const out = Buffer.allocUnsafeSlow(size.value);
  return inflateBlock(source, size.next, source.length, out, 0, size.value) ? { bytes: out } : broken();
}

/** Snappy cannot make more than 64 bytes out of 3: a larger claim is a lie and must not cost an allocation. */
function isLie(claimedBytes: number, compressedBytes: number): boolean {
  return claimedBytes > compressedBytes * 22;
}

function broken(): Inflated {
  return { problem: 'snappy: the compressed bytes are damaged' };
}

function tooLarge(maxBytes: number): string {
  return `snappy: inflates beyond the limit of ${maxBytes} bytes`;
}

function readUint32(source: Uint8Array, at: number): number {
  return (
    (source[at] as number) * 0x1000000 +
    (((source[at + 1] as number) << 16) | ((source[at + 2] as number) << 8) | (source[at + 3] as number))
  );
}

function readSize(
  source: Uint8Array,
  start: number,
  end: number,
): { value: number; next: number } | undefined {
  let value = 0;
  for (let i = 0; i < 5 && start + i < end; i++) {
    const byte = source[start + i] as number;
    value += (byte & 0x7f) * 2 ** (7 * i);
    if (byte < 0x80) return value < 2 ** 32 ? { value, next: start + i + 1 } : undefined;
  }
  return undefined;
}

/** Fills exactly `out[from, to)` from one snappy block; false when the block is damaged or does not fill it. */
function inflateBlock(
  source: Uint8Array,
  start: number,
  end: number,
  out: Uint8Array,
  from: number,
  to: number,
): boolean {
  let at = start;
  let o = from;
  while (at < end) {
    const tag = source[at++] as number;
    let length: number;
    let distance: number;
    switch (tag & 3) {
      case 0: {
        length = (tag >>> 2) + 1;
        if (length > 60) {
          const extra = length - 60;
          if (at + extra > end) return false;
          length = 1;
          for (let i = 0; i < extra; i++) length += (source[at + i] as number) * 2 ** (8 * i);
          at += extra;
        }
        if (at + length > end || o + length > to) return false;
        if (length > 32) {
          out.set(source.subarray(at, at + length), o);
          o += length;
          at += length;
        } else {
          for (const stop = o + length; o < stop; ) out[o++] = source[at++] as number;
        }
        continue;
      }
      case 1:
        if (at >= end) return false;
        length = ((tag >>> 2) & 7) + 4;
        distance = (source[at] as number) | ((tag >>> 5) << 8);
        at += 1;
        break;
      case 2:
        if (at + 2 > end) return false;
        length = (tag >>> 2) + 1;
        distance = (source[at] as number) | ((source[at + 1] as number) << 8);
        at += 2;
        break;
      default:
        if (at + 4 > end) return false;
        length = (tag >>> 2) + 1;
        distance =
          ((source[at] as number) | ((source[at + 1] as number) << 8) | ((source[at + 2] as number) << 16)) +
          (source[at + 3] as number) * 0x1000000;
        at += 4;
    }
    let match = o - distance;
    if (distance === 0 || match < from || o + length > to) return false;
    if (distance >= length && length > 32) {
      out.copyWithin(o, match, match + length);
      o += length;
    } else {
      for (const stop = o + length; o < stop; ) out[o++] = out[match++] as number;
    }
  }
  return o === to;
}
