/**
 * Packs up to some hundred points of one series into bytes, without loss.
 *
 * Times are whole milliseconds in ascending order, written as differences of differences, and how often each comes in a
 * row: a steady beat costs a few bytes in all. Values are written in the shortest of three ways: one value for all, whole numbers as differences, or the
 * bytes in which a float differs from the one before (after Gorilla, Facebook 2015, cut to whole bytes).
 *
 * Layout: format 2 · way of the values · count · times · values; integers as zigzag varints. Format 1, of earlier chunks,
 * has each difference by itself.
 */

export type Points = { times: number[]; values: number[] };

const format = 2;
const formatOfSingleTimes = 1;
const constant = 0;
const integers = 1;
const floats = 2;

export function packPoints({ times, values }: Points): Buffer {
  const out = new Writer(16 + times.length * 20);
  const way = wayOf(values);
  out.byte(format);
  out.byte(way);
  out.varint(times.length);
  writeTimes(out, times);
  if (way === constant) {
    if (values.length > 0) out.double(values[0]!);
  } else if (way === integers) {
    let previous = 0;
    for (const value of values) {
      out.zigzag(value - previous);
      previous = value;
    }
  } else writeFloats(out, values);
  return out.taken();
}

/** @throws RangeError when the bytes are cut short or of another format */
export function unpackPoints(data: Buffer): Points {
  const input = new Reader(data);
  const writtenAs = input.byte();
  if (writtenAs !== format && writtenAs !== formatOfSingleTimes)
    throw new RangeError('unknown format of a series chunk');
  const way = input.byte();
  const count = input.varint();
  if (count > mostPoints) throw new RangeError('a series chunk is damaged');
  const times = readTimes(input, count, writtenAs === format);
  const values = new Array<number>(count);
  if (way === constant) {
    if (count > 0) values.fill(input.double());
  } else if (way === integers) {
    let value = 0;
    for (let i = 0; i < count; i++) {
      value += input.zigzag();
      values[i] = value;
    }
  } else if (way === floats) readFloats(input, values);
  else throw new RangeError('unknown values in a series chunk');
  return { times, values };
}

function writeTimes(out: Writer, times: readonly number[]): void {
  let previousTime = 0;
  let previousDelta = 0;
  let run = 0;
  let runOf = 0;
  for (const time of times) {
    const delta = time - previousTime;
    const change = delta - previousDelta;
    previousTime = time;
    previousDelta = delta;
    if (run > 0 && change === runOf) run++;
    else {
      if (run > 0) writeRun(out, run, runOf);
      run = 1;
      runOf = change;
    }
  }
  if (run > 0) writeRun(out, run, runOf);
}

function writeRun(out: Writer, run: number, change: number): void {
  out.varint(run);
  out.zigzag(change);
}

function readTimes(input: Reader, count: number, isInRuns: boolean): number[] {
  const times = new Array<number>(count);
  let time = 0;
  let delta = 0;
  for (let i = 0; i < count; ) {
    const run = isInRuns ? input.varint() : 1;
    const change = input.zigzag();
    if (run < 1 || i + run > count) throw new RangeError('a series chunk is damaged');
    for (let j = 0; j < run; j++) {
      delta += change;
      time += delta;
      times[i++] = time;
    }
  }
  return times;
}

/** More than any chunk has: a count beyond it is damage. */
const mostPoints = 100_000;

/** Differences of whole numbers below 2^52 are exact, and so are their zigzags. */
const exactLimit = 2 ** 52;

function wayOf(values: readonly number[]): number {
  const first = values[0];
  if (values.every((value) => Object.is(value, first))) return constant;
  const isWhole = (value: number): boolean =>
    Number.isInteger(value) && Math.abs(value) < exactLimit / 2 && !Object.is(value, -0);
  return values.every(isWhole) ? integers : floats;
}

const scratch = new DataView(new ArrayBuffer(8));

/** Per value a byte with how many bytes are alike at the front and how many follow, then those that follow. */
function writeFloats(out: Writer, values: readonly number[]): void {
  let previousHigh = 0;
  let previousLow = 0;
  for (const value of values) {
    scratch.setFloat64(0, value);
    const high = scratch.getUint32(0);
    const low = scratch.getUint32(4);
    scratch.setUint32(0, (high ^ previousHigh) >>> 0);
    scratch.setUint32(4, (low ^ previousLow) >>> 0);
    previousHigh = high;
    previousLow = low;
    let from = 0;
    while (from < 8 && scratch.getUint8(from) === 0) from++;
    let to = 8;
    while (to > from && scratch.getUint8(to - 1) === 0) to--;
    out.byte((from << 4) | (to - from));
    for (let i = from; i < to; i++) out.byte(scratch.getUint8(i));
  }
}

function readFloats(input: Reader, values: number[]): void {
  let high = 0;
  let low = 0;
  for (let i = 0; i < values.length; i++) {
    const control = input.byte();
    const from = control >> 4;
    const length = control & 15;
    if (from + length > 8) throw new RangeError('a series chunk is damaged');
    scratch.setUint32(0, 0);
    scratch.setUint32(4, 0);
    for (let j = 0; j < length; j++) scratch.setUint8(from + j, input.byte());
    high = (high ^ scratch.getUint32(0)) >>> 0;
    low = (low ^ scratch.getUint32(4)) >>> 0;
    scratch.setUint32(0, high);
    scratch.setUint32(4, low);
    values[i] = scratch.getFloat64(0);
  }
}

class Writer {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(sizeBytes: number) {
    this.#bytes = Buffer.allocUnsafe(sizeBytes + 16);
  }

  byte(value: number): void {
    this.#bytes[this.#at++] = value;
  }

  /** Whole and not negative, up to 2^53. */
  varint(value: number): void {
    let rest = value;
    while (rest >= 0x80) {
      this.byte((rest % 0x80) | 0x80);
      rest = Math.floor(rest / 0x80);
    }
    this.byte(rest);
  }

  zigzag(value: number): void {
    this.varint(value < 0 ? -value * 2 - 1 : value * 2);
  }

  double(value: number): void {
    this.#at = this.#bytes.writeDoubleBE(value, this.#at);
  }

  /** What was written, in memory of its own size. */
  taken(): Buffer {
    return Buffer.from(this.#bytes.subarray(0, this.#at));
  }
}

class Reader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  byte(): number {
    const value = this.#bytes[this.#at++];
    if (value === undefined) throw new RangeError('a series chunk is cut short');
    return value;
  }

  varint(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 0x80;
      if (scale > 2 ** 56) throw new RangeError('a series chunk is damaged');
    }
  }

  zigzag(): number {
    const value = this.varint();
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
  }

  double(): number {
    const value = this.#bytes.readDoubleBE(this.#at);
    this.#at += 8;
    return value;
  }
}
