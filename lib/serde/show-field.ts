import type { MessageField } from '#lib/model/message.ts';
import type { DecodePlan, SerdeChoice } from './decode-plan.ts';
import { hexSerde } from './hex-serde.ts';
import { inflateField } from './inflate-field.ts';
import { connectWords } from './kafka/connect-words.ts';
import { type MaskFact, masksOf } from './masks.ts';
import { renderBody } from './render-body.ts';
import type { Body, Reading, SerdeContext } from './serde.ts';
import { autoSerdes, serdeNamed } from './serde-list.ts';

/** A schema fact that the worker was not told. */
export type Needs = { needs: string };
type Fitting = Extract<Reading, { fits: true }>;

/**
 * Shows any bytes by the serde that was chosen for them or else by the first that fits, with the reason for it and for each failure
 * that would surprise. It never throws.
 */
export function showField(bytes: Buffer, context: SerdeContext & { plan?: undefined }): MessageField;
export function showField(bytes: Buffer, context: SerdeContext): MessageField | Needs;
export function showField(bytes: Buffer, context: SerdeContext): MessageField | Needs {
  const reading = readField(bytes, context);
  if ('needs' in reading) return reading;
  const masks = context.plan ? masksOf(context.plan) : null;
  return fieldOf(bytes, reading, context, masks);
}

/** The choice of a side; undefined when the serde is to be found. */
export function choiceOf(plan: DecodePlan | undefined, side: SerdeContext['side']): SerdeChoice | undefined {
  if (!plan || side === 'header') return undefined;
  const choice = plan[side];
  return choice.serde === 'auto' ? undefined : choice;
}

type Found = Fitting & { serde: string };

/** What the bytes are and why, before anything is drawn of it. */
export function readField(bytes: Buffer, context: SerdeContext): Found | Needs {
  const choice = choiceOf(context.plan, context.side);
  const found = choice ? readChosen(bytes, context, choice) : readAuto(bytes, context);
  if (context.isPreview || !context.plan || 'needs' in found || context.side === 'header') return found;
  const words = connectWords(context.plan.topic, context.side === 'key' ? bytes : context.key);
  return words === null ? found : { ...found, reason: `${words} ${found.reason}` };
}

function readChosen(bytes: Buffer, context: SerdeContext, choice: SerdeChoice): Found | Needs {
  const serde = serdeNamed(choice.serde);
  if (!serde) return asHex(bytes, `There is no serde called ${choice.serde}.`);
  const reading = serde.read(bytes, context, choice);
  if ('needs' in reading) return reading;
  if (!reading.fits) {
    const why = reading.nearMiss ?? 'The bytes do not fit it.';
    return asHex(bytes, `Chosen: ${serde.name}. ${why} Shown byte by byte.`, reading.schema);
  }
  return {
    ...reading,
    serde: reading.serde ?? serde.name,
    reason: `Chosen: ${serde.name}. ${reading.reason}`,
  };
}

function readAuto(bytes: Buffer, context: SerdeContext): Found | Needs {
  const inflated = inflateField(bytes, context);
  if (!inflated) return findSerde(bytes, context, []);
  if ('problem' in inflated) return findSerde(bytes, context, [inflated.problem]);
  const inner = findSerde(inflated.bytes, context, []);
  if ('needs' in inner) return inner;
  const size = inflated.bytes.length.toLocaleString('en-US');
  const reason = `Compressed with ${inflated.codec}, ${size} bytes inside. ${inner.reason}`;
  return { ...inner, reason, compression: inflated.codec };
}

function findSerde(bytes: Buffer, context: SerdeContext, misses: string[]): Found | Needs {
  let schema: MessageField['schema'] = null;
  for (const serde of autoSerdes) {
    const reading = serde.read(bytes, context);
    if ('needs' in reading) return reading;
    if (!reading.fits) {
      if (reading.nearMiss) misses.push(reading.nearMiss);
      schema ??= reading.schema ?? null;
      continue;
    }
    return {
      ...reading,
      serde: reading.serde ?? serde.name,
      reason: [...new Set([...misses, reading.reason])].join(' '),
      schema: reading.schema ?? schema,
    };
  }
  return asHex(bytes, 'Shown byte by byte.');
}

const asHex = (bytes: Buffer, reason: string, schema: MessageField['schema'] = null): Found => ({
  fits: true,
  serde: hexSerde.name,
  reason,
  schema,
  body: { as: 'hex', bytes },
});

function fieldOf(
  bytes: Buffer,
  { serde, reason, body, schema = null, compression = null }: Found,
  context: SerdeContext,
  masks: MaskFact | null,
): MessageField {
  const { isFaithful, isCut, shownBytes, ...shown } = renderBody(body, context, masks);
  const isHidden = shown.maskedBy.length > 0;
  const isSame = isWhole(body, bytes);
  const claimed = isSame && !isHidden ? shownBytes : claimedBytes(bytes, isCut, context.limitBytes);
  return {
    serde,
    reason: isHidden ? 'Hidden from you, all or in part.' : reason,
    base64: isHidden || (isFaithful && isSame) ? null : bytes.toString('base64', 0, claimed),
    sizeBytes: bytes.length,
    shownBytes: claimed,
    schema,
    compression,
    ...shown,
  };
}

/** Whether the body holds the bytes of the field themselves, not some within or a value made of them. */
const isWhole = (body: Body, bytes: Buffer): boolean =>
  'bytes' in body && body.bytes === bytes && !(body.as === 'text' && body.text !== undefined);

/** Of a value that was decoded: all bytes when all of it is shown. */
function claimedBytes(bytes: Buffer, isCut: boolean, limitBytes: number): number {
  return isCut ? Math.min(bytes.length - 1, limitBytes) : Math.min(bytes.length, limitBytes);
}
