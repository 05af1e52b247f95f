import { gzipSync, zstdCompressSync } from 'node:zlib';
import avro from 'avsc';
import { describe, expect, it } from 'vitest';
import type { MaskRule } from '#lib/model/mask.ts';
import { learnFacts } from '#lib/scan/facts.ts';
import { decodeField } from './decode-field.ts';
import { type DecodePlan, plainPlan } from './decode-plan.ts';
import { exportField } from './export-field.ts';
import { printValue } from './print-value.ts';
import type { SerdeContext } from './serde.ts';
import { showField } from './show-field.ts';

/** R19: a value in every form it can have on the wire; as it is shown, filtered and exported, nothing of it may be left. */

const secret = 'CANARY-5512-aa01';
const schema = {
  type: 'record',
  name: 'Order',
  fields: [
    { name: 'card_number', type: 'string' },
    { name: 'cards', type: { type: 'array', items: 'string' } },
    { name: 'card_map', type: { type: 'map', values: 'string' } },
    { name: 'card_bytes', type: 'bytes' },
    { name: 'n', type: 'long' },
  ],
} as const;
const order = {
  card_number: secret,
  cards: [secret],
  card_map: { [secret]: 'x' },
  card_bytes: Buffer.from(secret),
  n: 7,
};
const framed = Buffer.concat([
  Buffer.from([0, 0, 0, 0, 9]),
  avro.Type.forSchema(schema as never).toBuffer(order),
]);
const json = JSON.stringify({ cardNumber: secret, n: 7 });
const jsonSchema = Buffer.concat([Buffer.from([0, 0, 0, 0, 10]), Buffer.from(json)]);

const readable: Record<string, Buffer> = {
  json: Buffer.from(json),
  'json in gzip': gzipSync(json),
  'json in zstd': zstdCompressSync(json),
  'json with escapes': Buffer.from(json.replace('C', '\\u0043').replace('cardN', 'card\\u004e')),
  avro: framed,
  'json schema': jsonSchema,
};
const opaque: Record<string, Buffer> = {
  'broken json': Buffer.from(json.slice(0, -1)),
  text: Buffer.from(`card ${secret}`),
  bytes: Buffer.concat([Buffer.from([0xff, 0, 1]), Buffer.from(secret)]),
  'text in gzip': gzipSync(`card ${secret}`),
  'unknown schema': Buffer.concat([Buffer.from([0, 0, 0, 0, 77]), framed.subarray(5)]),
  'large json': Buffer.from(JSON.stringify({ fill: 'x'.repeat(2_000_000), cardNumber: secret })),
  'deep json': Buffer.from(`${'['.repeat(300)}"${secret}"${']'.repeat(300)}`),
};

const rules = (more: Partial<MaskRule>): MaskRule[] => [
  { side: 'value', select: 'name', at: 'card*', action: 'hide', ...more },
];
function planWith(policy: { base: 'show' | 'mask'; rules: MaskRule[] }, id: string): DecodePlan {
  learnFacts([
    { id, value: { policies: [{ name: 'Cards', hashKey: 'k', ...policy }] } },
    {
      id: 'schema:reg:9',
      value: { id: '9', type: 'AVRO', text: JSON.stringify(schema), references: [], subjects: [] },
    },
    { id: 'schema:reg:10', value: { id: '10', type: 'JSON', text: '{}', references: [], subjects: [] } },
    { id: 'schema:reg:77', value: { id: '77', missing: 'There is none.', until: Number.POSITIVE_INFINITY } },
  ]);
  return { ...plainPlan('orders'), registry: 'reg', masks: id };
}

/** All that comes out of a field by every way, as one text. */
function everything(bytes: Buffer, plan: DecodePlan): string {
  const context = (isPreview: boolean): SerdeContext => ({
    ...{ side: 'value', plan, isPreview, isFinal: true },
    limitBytes: isPreview ? 20_000 : 1_000_000,
  });
  const decoded = decodeField(bytes, context(false));
  return JSON.stringify([
    showField(bytes, context(true)),
    showField(bytes, context(false)),
    exportField(bytes, { ...context(false), limitBytes: Number.POSITIVE_INFINITY }),
    'value' in decoded ? printValue(decoded.value, Number.POSITIVE_INFINITY).text : decoded,
  ]);
}
const forms = [
  secret,
  Buffer.from(secret).toString('base64').slice(2, 16),
  Buffer.from(secret).toString('hex').slice(4, 24),
];
const leaks = (text: string) => forms.some((form) => text.replaceAll(' ', '').includes(form));

const policies = {
  'a name is hidden': planWith({ base: 'show', rules: rules({}) }, 'masks:name'),
  'a name is hashed': planWith({ base: 'show', rules: rules({ action: 'hash' }) }, 'masks:hash'),
  'all is masked but one field': planWith(
    { base: 'mask', rules: [{ side: 'value', select: 'path', at: 'n', action: 'show' }] },
    'masks:base',
  ),
  'the whole is hidden': planWith({ base: 'show', rules: rules({ select: 'whole', at: '' }) }, 'masks:whole'),
};

describe.each(Object.entries(policies))('R19: where %s', (what, plan) => {
  it.each(Object.entries(readable))('%s shows what is open and nothing else', (_, bytes) => {
    const text = everything(bytes, plan);
    expect(leaks(text)).toBe(false);
    if (what !== 'the whole is hidden') expect(text.match(/\bn\\*":7/g)?.length).toBeGreaterThanOrEqual(4);
  });

  it.each(Object.entries(opaque))('%s shows nothing', (_, bytes) => {
    const text = everything(bytes, plan);
    expect(leaks(text)).toBe(false);
    expect(text).toMatch(/\[(hidden by Cards|hash [0-9a-f]{16})\]/);
  });
});

it('without masks all of it is there: the forms above would be found', () => {
  const plan: DecodePlan = { ...plainPlan('orders'), registry: 'reg' };
  for (const [name, bytes] of Object.entries({ ...readable, ...opaque }))
    expect(leaks(everything(bytes, plan)), name).toBe(true);
});
