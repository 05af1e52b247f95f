/**
 * Decompression of one LZ4 block as WebAssembly, assembled here because it is one function: 16 bytes are moved at once, which plain
 * JavaScript cannot. It reads and writes one memory, up to 16 bytes past the ends it is given but never past the room left there.
 */
export interface Lz4Module {
  memory: { buffer: ArrayBuffer; grow(pages: number): number };
  /** The end of what was written, or `DAMAGED` or `OVERFLOW`. */
  inflate(at: number, end: number, out: number, limit: number, base: number): number;
}

/** Bytes behind source and output that may be touched. */
export const SLACK_BYTES = 32;

const [at, end, out, limit, base, token, length, byte, match, stop] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

type Code = readonly number[];
const bytes = (...parts: (Code | number)[]): number[] => parts.flat();

function signed(value: number): number[] {
  const encoded: number[] = [];
  for (let left = value; ; ) {
    const low = left & 0x7f;
    left >>= 7;
    if ((left === 0 && !(low & 0x40)) || (left === -1 && low & 0x40)) return [...encoded, low];
    encoded.push(low | 0x80);
  }
}

function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

const get = (local: number): Code => [0x20, local];
const set = (local: number, value: Code): Code => bytes(value, 0x21, local);
const constant = (value: number): Code => bytes(0x41, signed(value));
const binary = (opcode: number) => (a: Code, b: Code) => bytes(a, b, opcode);
const [add, sub, and, shiftRight] = [binary(0x6a), binary(0x6b), binary(0x71), binary(0x76)];
const [equal, less, lessSigned, atLeast] = [binary(0x46), binary(0x49), binary(0x48), binary(0x4f)];
const load8 = (address: Code): Code => bytes(address, 0x2d, 0, 0);
const load16 = (address: Code): Code => bytes(address, 0x2f, 0, 0);
/** Without a value; labels count from the innermost. */
const when = (condition: Code, then: Code): Code => bytes(condition, 0x04, 0x40, then, 0x0b);
const whenElse = (condition: Code, then: Code, otherwise: Code): Code =>
  bytes(condition, 0x04, 0x40, then, 0x05, otherwise, 0x0b);
const loop = (body: Code): Code => bytes(0x03, 0x40, body, 0x0b);
const block = (body: Code): Code => bytes(0x02, 0x40, body, 0x0b);
const branch = (label: number): Code => [0x0c, label];
const branchIf = (label: number, condition: Code): Code => bytes(condition, 0x0d, label);
const leave = (value: Code): Code => bytes(value, 0x0f);

/** Moves `step` bytes from one local address to another until `stop`. */
function copyLoop(from: number, step: 1 | 8 | 16): Code {
  const [load, store] =
    step === 16
      ? [
          [0xfd, 0x00, 0, 0],
          [0xfd, 0x0b, 0, 0],
        ]
      : step === 8
        ? [
            [0x29, 0, 0],
            [0x37, 0, 0],
          ]
        : [
            [0x2d, 0, 0],
            [0x3a, 0, 0],
          ];
  return loop(
    bytes(
      get(out),
      get(from),
      load,
      store,
      set(from, add(get(from), constant(step))),
      set(out, add(get(out), constant(step))),
      branchIf(0, less(get(out), get(stop))),
    ),
  );
}

/** A length of 15 goes on in the bytes that follow, until one is not 255. */
const extend = block(
  loop(
    bytes(
      branchIf(1, atLeast(get(at), get(end))),
      set(byte, load8(get(at))),
      set(at, add(get(at), constant(1))),
      set(length, add(get(length), get(byte))),
      branchIf(0, equal(get(byte), constant(255))),
    ),
  ),
);

export const DAMAGED = -1;
export const OVERFLOW = -2;

const literals = bytes(
  when(less(sub(get(end), get(at)), get(length)), leave(constant(DAMAGED))),
  when(less(sub(get(limit), get(out)), get(length)), leave(constant(OVERFLOW))),
  set(stop, add(get(out), get(length))),
  set(match, get(at)),
  copyLoop(match, 16),
  set(out, get(stop)),
  set(at, add(get(at), get(length))),
);

const body = bytes(
  loop(
    bytes(
      when(atLeast(get(at), get(end)), leave(constant(DAMAGED))),
      set(token, load8(get(at))),
      set(at, add(get(at), constant(1))),
      set(length, shiftRight(get(token), constant(4))),
      when(equal(get(length), constant(15)), extend),
      when(get(length), literals),
      // A block ends with literals.
      when(equal(get(at), get(end)), leave(get(out))),
      when(less(sub(get(end), get(at)), constant(2)), leave(constant(DAMAGED))),
      set(match, load16(get(at))),
      set(at, add(get(at), constant(2))),
      set(length, add(and(get(token), constant(15)), constant(4))),
      when(equal(get(length), constant(19)), extend),
      // From here `byte` is the distance.
      set(byte, get(match)),
      set(match, sub(get(out), get(byte))),
      when(bytes(get(byte), 0x45), leave(constant(DAMAGED))),
      when(lessSigned(get(match), get(base)), leave(constant(DAMAGED))),
      when(less(sub(get(limit), get(out)), get(length)), leave(constant(OVERFLOW))),
      set(stop, add(get(out), get(length))),
      whenElse(
        atLeast(get(byte), constant(16)),
        copyLoop(match, 16),
        whenElse(atLeast(get(byte), constant(8)), copyLoop(match, 8), copyLoop(match, 1)),
      ),
      set(out, get(stop)),
      branch(0),
    ),
  ),
  constant(DAMAGED),
);

const section = (id: number, content: Code): Code => bytes(id, unsigned(content.length), content);
const text = (value: string): Code => bytes(value.length, [...Buffer.from(value)]);

function assemble(): Uint8Array<ArrayBuffer> {
  const code = bytes([1, 5, 0x7f], body, 0x0b);
  return Uint8Array.from(
    bytes(
      [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      section(1, [1, 0x60, 5, 0x7f, 0x7f, 0x7f, 0x7f, 0x7f, 1, 0x7f]),
      section(3, [1, 0]),
      section(5, [1, 0, 1]),
      section(7, bytes(2, text('memory'), [2, 0], text('inflate'), [0, 0])),
      section(10, bytes(1, unsigned(code.length), code)),
    ),
  );
}

/** One instance with a memory of its own. */
export function lz4Module(): Lz4Module {
  const { Instance, Module } = WebAssembly;
  return new Instance(new Module(assemble())).exports as unknown as Lz4Module;
}
