/** A run of whole batches in a response: bytes `[start, end)`, and the offset that follows them. */
export interface Extent {
  start: number;
  end: number;
  next: bigint;
}

export interface Extents {
  /** Cut so that each is about as large as asked for, at least one batch. */
  pieces: Extent[];
  /** Base offset of the first batch; undefined where the format does not tell it, or nothing is whole. */
  first: bigint | undefined;
  /** What made the walk stop before the end of the bytes, when not even one batch could be walked. */
  problem: string | undefined;
}

const OVERHEAD_BYTES = 12;

/**
 * Where a response can be cut, and where the next fetch begins: read from the headers of its batches, without an object for each, so
 * that the thread that fetches does not wait for those that read.
 */
export function extentsOf(bytes: Buffer, pieceBytes: number): Extents {
  const pieces: Extent[] = [];
  let first: bigint | undefined;
  let problem: string | undefined;
  let start = 0;
  let last = -1;
  let at = 0;
  const cut = () => {
    if (last < 0) return;
    pieces.push({ start, end: at, next: nextOf(bytes, last) });
    start = at;
    last = -1;
  };
  while (bytes.length - at >= OVERHEAD_BYTES + 5) {
    const size = bytes.readInt32BE(at + 8);
    const magic = bytes[at + 16] as number;
    const least = magic === 2 ? 61 : 26;
    // The response ends within the header: the next fetch brings this batch whole.
    if (magic <= 2 && bytes.length - at < least && size + OVERHEAD_BYTES >= least) break;
    if (magic > 2) problem = `a batch has the unknown format ${magic}`;
    else if (size + OVERHEAD_BYTES < least) problem = `a batch claims ${size} bytes`;
    else if (bytes.readInt32BE(at) < 0 || (magic === 2 && bytes.readInt32BE(at + 23) < 0))
      problem = 'a batch claims offsets that cannot be';
    if (problem !== undefined || at + OVERHEAD_BYTES + size > bytes.length) break;
    if (at === 0 && magic === 2) first = bytes.readBigInt64BE(0);
    last = at;
    at += OVERHEAD_BYTES + size;
    if (at - start >= pieceBytes) cut();
  }
  cut();
  return { pieces, first, problem: pieces.length === 0 ? problem : undefined };
}

function nextOf(bytes: Buffer, at: number): bigint {
  const base = bytes.readBigInt64BE(at);
  return bytes[at + 16] === 2 ? base + BigInt(bytes.readInt32BE(at + 23)) + 1n : base + 1n;
}
