import { type API, createAPI, type Reader, Writer } from '@platformatic/kafka';
import { AppError } from '#lib/errors/app-error.ts';

/** One Kafka API as we can speak it: a codec per version. Newer codecs and older ones take the same arguments. */
export type KafkaApi<Args extends unknown[], Value> = {
  key: number;
  name: string;
  codecs: ReadonlyMap<number, API<Args, Value>>;
  /** The answer is the undecoded body, and its first field is the throttle time. */
  raw: boolean;
};

/** What a broker offers: API key → lowest and highest version. */
export type OfferedVersions = ReadonlyMap<number, readonly [min: number, max: number]>;

/** An API spoken through the library's codecs, given in any order. */
export function libraryApi<Args extends unknown[], Value>(
  name: string,
  first: API<Args, Value>,
  ...others: API<Args, Value>[]
): KafkaApi<Args, Value> {
  const codecs = new Map([first, ...others].map((codec) => [codec.version, codec]));
  return { key: first.key, name, codecs, raw: false };
}

/**
 * An API whose bodies we write and read ourselves. The request is a finished body; the answer is the undecoded
 * body in one contiguous buffer, so that decoding can happen outside the socket handler and in slices.
 */
export function rawApi(
  key: number,
  name: string,
  versions: { min: number; max: number; flexible: number },
): KafkaApi<[body: Buffer], Buffer> {
  const codecs = new Map<number, API<[body: Buffer], Buffer>>();
  for (let version = versions.min; version <= versions.max; version += 1) {
    const flexible = version >= versions.flexible;
    codecs.set(version, createAPI<[Buffer], Buffer>(key, version, writeBody, readBody, flexible, flexible));
  }
  return { key, name, codecs, raw: true };
}

/** The request of a raw API: its body for the version that was chosen. */
export const body =
  (encode: (version: number) => Buffer) =>
  (version: number): [body: Buffer] => [encode(version)];

const writeBody = (body: Buffer): Writer => Writer.create().append(body);

const readBody = (_correlationId: number, _key: number, _version: number, reader: Reader): Buffer =>
  reader.buffer.slice(reader.position);

/**
 * The newest version both sides speak.
 * @throws AppError `kafka.unsupported` when there is none.
 */
export function chooseCodec<Args extends unknown[], Value>(
  api: KafkaApi<Args, Value>,
  offered: OfferedVersions,
): API<Args, Value> {
  const range = offered.get(api.key);
  let best: API<Args, Value> | undefined;
  if (range) {
    for (const [version, codec] of api.codecs) {
      if (version >= range[0] && version <= range[1] && version > (best?.version ?? -1)) best = codec;
    }
  }
  if (best) return best;
  const ours = [...api.codecs.keys()].sort((a, b) => a - b);
  throw new AppError('kafka.unsupported', {
    api: api.name,
    needs: `${ours[0] ?? ''} to ${ours.at(-1) ?? ''}`,
    has: range ? `${range[0]} to ${range[1]}` : '',
  });
}
