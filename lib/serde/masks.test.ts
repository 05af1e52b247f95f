import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MaskRule } from '#lib/model/mask.ts';
import type { DataValue } from './decode-plan.ts';
import {
  hidesBytes,
  type MaskFact,
  maskHeader,
  maskJsonText,
  maskOpaque,
  masksOf,
  maskValue,
} from './masks.ts';

/** R19: what a reader may not see, in every shape it can come in. */

const policy = (rules: Partial<MaskRule>[], more: Partial<MaskFact['policies'][number]> = {}): MaskFact => ({
  policies: [
    {
      name: 'PII',
      base: 'show',
      hashKey: 'a key',
      rules: rules.map((rule) => ({ side: 'value', select: 'path', at: '', action: 'hide', ...rule })),
      ...more,
    },
  ],
});
const hidden = '[hidden by PII]';
const value = (data: DataValue, masks: MaskFact) => maskValue(data, 'value', masks).value;
const at = (path: string, action: MaskRule['action'] = 'hide') => policy([{ at: path, action }]);

describe('R19: values under masks', () => {
  it('hides a path, through arrays, and nothing else', () => {
    const order = {
      id: 1,
      items: [
        { sku: 'a', card: 'x' },
        { sku: 'b', card: 'y' },
      ],
      card: 'z',
    };
    expect(value(order, at('items.card'))).toEqual({
      id: 1,
      items: [
        { sku: 'a', card: hidden },
        { sku: 'b', card: hidden },
      ],
      card: 'z',
    });
    expect(value(order, at('items[1].card'))).toMatchObject({ items: [{ card: 'x' }, { card: hidden }] });
    expect(value(order, at('items'))).toEqual({ id: 1, items: hidden, card: 'z' });
    expect(value(order, at('**.card'))).toMatchObject({ card: hidden, items: [{ card: hidden }, {}] });
    expect(value(order, at('*.card'))).toMatchObject({ card: 'z' });
  });

  it('hides a name wherever it stands, whatever its case and underscores', () => {
    const masks = policy([{ select: 'name', at: 'card_number' }]);
    const data = { cardNumber: 1, a: { CARD_NUMBER: 2, b: [{ 'card-number': null }] }, card: 3 };
    expect(value(data, masks)).toEqual({
      cardNumber: hidden,
      a: { CARD_NUMBER: hidden, b: [{ 'card-number': hidden }] },
      card: 3,
    });
    expect(value({ myCardId: 1, cart: 2 }, policy([{ select: 'name', at: '*card*' }]))).toEqual({
      myCardId: hidden,
      cart: 2,
    });
  });

  it('takes keys with dots, keys of the prototype and repeated keys as keys (P8)', () => {
    const data = JSON.parse(
      '{"a.b": 1, "__proto__": {"x": 2}, "constructor": {"prototype": 3}}',
    ) as DataValue;
    const seen = value(
      data,
      policy([{ at: '"a.b"' }, { at: '__proto__.x' }, { at: 'constructor.prototype' }]),
    );
    expect(JSON.stringify(seen)).toBe(
      `{"a.b":"${hidden}","__proto__":{"x":"${hidden}"},"constructor":{"prototype":"${hidden}"}}`,
    );
    expect(({} as Record<string, unknown>).x).toBeUndefined();
    const text = '{"card": 1, "b" : 9007199254740993, "card" : {"n": 2}}';
    expect(maskJsonText(text, 'value', at('card'))).toEqual({
      text: `{"card": "${hidden}", "b" : 9007199254740993, "card" : "${hidden}"}`,
      maskedBy: ['PII'],
    });
  });

  it('hashes equal values equally and keeps the end of long ones', () => {
    const hash = at('card', 'hash');
    const a = value({ card: 'a' }, hash);
    expect(a).toEqual(value({ card: 'a' }, hash));
    expect(a).not.toEqual(value({ card: 'b' }, hash));
    expect(a).not.toEqual(
      value({ card: 'a' }, policy([{ at: 'card', action: 'hash' }], { hashKey: 'other' })),
    );
    expect(value({ card: ['a'] }, hash)).toEqual({ card: [(a as { card: string }).card] });
    expect(value({ card: { a: 1 } }, hash)).toEqual({ card: hidden });
    expect(maskJsonText('{"card": 1.0}', 'value', hash)?.text).toContain(
      (value({ card: 1 }, hash) as { card: string }).card,
    );
    const last = at('card', 'last4');
    expect(value({ card: '4111111111111234' }, last)).toEqual({ card: '••••1234' });
    expect(value({ card: 4111111111111234 }, last)).toEqual({ card: '••••1234' });
    expect(value({ card: '12345' }, last)).toEqual({ card: hidden });
    expect(value({ card: new Uint8Array(20) }, last)).toEqual({ card: hidden });
  });

  it('masks by default: only what is shown by a rule is seen, to the letter', () => {
    const masks = policy(
      [
        { at: 'id', action: 'show' },
        { at: 'address.city', action: 'show' },
        { at: 'open', action: 'show' },
        { at: 'open.secret' },
      ],
      { base: 'mask' },
    );
    const data = {
      id: 7,
      ID: 8,
      address: { city: 'Paris', zip: 1 },
      map: { 'a@b': 1 },
      open: { a: 1, secret: 2 },
    };
    expect(value(data, masks)).toEqual({
      id: 7,
      ID: hidden,
      address: { city: 'Paris', zip: hidden },
      map: hidden,
      open: { a: 1, secret: hidden },
    });
    expect(maskValue('k', 'key', masks)).toEqual({ value: hidden, maskedBy: ['PII'] });
  });

  it('hides what is not made of the fields the rules speak of, and says by whom', () => {
    const masks = at('card');
    expect(maskOpaque('{"card": 4111', 'value', masks)).toEqual({ value: hidden, maskedBy: ['PII'] });
    expect(maskOpaque(new Uint8Array([0, 1]), 'value', masks)).toEqual({ value: hidden, maskedBy: ['PII'] });
    expect(maskOpaque('k', 'key', masks)).toBeNull();
    expect(maskJsonText('{"card": 4111', 'value', masks)).toBeNull();
    expect(maskJsonText('"4111"', 'value', masks)).toBeNull();
    expect(maskJsonText(`${'['.repeat(300)}${']'.repeat(300)}`, 'value', masks)).toBeNull();
    expect(value('4111', masks)).toBe(hidden);
    expect(value(null, masks)).toBeNull();
    expect(maskOpaque('4111111111', 'value', policy([{ select: 'whole', action: 'last4' }]))?.value).toBe(
      '••••1111',
    );
  });

  it('hides a text that is JSON itself with such a field in it', () => {
    const masks = policy([{ select: 'name', at: 'card' }]);
    const inner = JSON.stringify({ a: [{ card: 1 }] });
    expect(value({ raw: inner, other: '{"a":1}', open: '{' }, masks)).toEqual({
      raw: hidden,
      other: '{"a":1}',
      open: '{',
    });
    const twice = { raw: JSON.stringify({ more: inner }) };
    expect(value(twice, masks)).toEqual({ raw: hidden });
    expect(maskJsonText(JSON.stringify(twice), 'value', masks)?.text).toBe(`{"raw":"${hidden}"}`);
  });

  it('the stronger of two policies holds, and both are named', () => {
    const two: MaskFact = {
      policies: [
        ...at('card', 'last4').policies,
        {
          ...at('**').policies[0]!,
          name: 'Closed',
          rules: [{ side: 'value', select: 'name', at: 'card', action: 'hide' }],
        },
      ],
    };
    expect(maskValue({ card: '4111111111111234' }, 'value', two)).toEqual({
      value: { card: '[hidden by PII, Closed]' },
      maskedBy: ['PII', 'Closed'],
    });
  });

  it('masks headers by name, and hides headers whole', () => {
    const masks = policy([{ side: 'header', at: 'Authorization' }]);
    expect(maskHeader('authorization', 'Bearer x', masks)).toEqual({ value: hidden, maskedBy: ['PII'] });
    expect(maskHeader('authorization', null, masks).value).toBe(hidden);
    expect(maskHeader('trace', 'abc', masks)).toEqual({ value: 'abc', maskedBy: [] });
    expect(maskValue({ AUTHORIZATION: 'x', trace: 'y' }, 'header', masks).value).toEqual({
      AUTHORIZATION: hidden,
      trace: 'y',
    });
    const whole = policy([{ side: 'header', select: 'whole' }]);
    expect(maskHeader('trace', new Uint8Array([1]), whole).value).toBe(hidden);
    expect(maskValue({ trace: 'y' }, 'header', whole).value).toEqual({ trace: hidden });
    const deep = policy([{ side: 'header', select: 'name', at: 'email' }]);
    expect(maskHeader('user', '{"email": "a@b"}', deep).value).toBe(hidden);
  });

  it('says on which sides bytes would tell', () => {
    const masks = policy([{ at: 'card' }, { side: 'header', at: 'auth*' }]);
    expect(hidesBytes(masks, 'value')).toBe(true);
    expect(hidesBytes(masks, 'key')).toBe(false);
    expect(hidesBytes(masks, 'header')).toBe(true);
    expect(hidesBytes(masks, 'header', 'Authorization')).toBe(true);
    expect(hidesBytes(masks, 'header', 'trace')).toBe(false);
    expect(hidesBytes(null, 'value')).toBe(false);
    expect(hidesBytes(policy([{ action: 'show', select: 'whole' }]), 'value')).toBe(false);
  });

  it('hides everything where the masks of a plan never came', () => {
    const plan = { topic: 't', key: { serde: 'auto' }, value: { serde: 'auto' }, registry: null };
    expect(masksOf({ ...plan, masks: null })).toBeNull();
    const masks = masksOf({ ...plan, masks: 'masks:never' });
    for (const side of ['key', 'value', 'header'] as const) expect(hidesBytes(masks, side)).toBe(true);
    expect(maskValue({ a: 1 }, 'value', masks).value).toMatch(/^\[hidden by /);
  });
});

const names = ['a', 'b', 'card_no', '__proto__', 'x.y', '0', 'é'];
const json = fc.letrec<{ any: DataValue }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom<DataValue>('canary', 'canary 4111111111111234', 7, true, null, '{"a":"canary"}', '[1'),
    fc.array(tie('any'), { maxLength: 3 }),
    fc
      .array(fc.tuple(fc.constantFrom(...names), tie('any')), { maxLength: 4 })
      .map((entries) => Object.fromEntries(entries)),
  ),
})).any;
const root = json.filter((one) => typeof one === 'object' && one !== null);
const rule = fc.record<MaskRule>({
  side: fc.constant('value'),
  select: fc.constant('path'),
  at: fc
    .array(fc.constantFrom('a', 'b', 'CardNo', '__proto__', '"x.y"', '*', '**', '0', 'c*'), {
      minLength: 1,
      maxLength: 3,
    })
    .map((steps) => steps.join('.')),
  action: fc.constantFrom('hide', 'hash', 'last4', 'show'),
});
const facts = fc
  .array(
    fc.record({
      base: fc.constantFrom<'show' | 'mask'>('show', 'mask'),
      rules: fc.array(rule, { maxLength: 4 }),
    }),
    {
      minLength: 1,
      maxLength: 2,
    },
  )
  .map(
    (policies): MaskFact => ({
      policies: policies.map((one, index) => ({ ...one, name: `P${index}`, hashKey: 'k' })),
    }),
  );

describe('masks on any JSON', () => {
  it('the text and the value are masked alike', () => {
    fc.assert(
      fc.property(root, facts, (data, masks) => {
        const shown = maskValue(data, 'value', masks);
        const text = maskJsonText(JSON.stringify(data), 'value', masks);
        // Hidden as a whole, the text is a lone text.
        expect(JSON.parse(text!.text)).toEqual(shown.value);
        expect(text!.maskedBy.sort()).toEqual(shown.maskedBy.sort());
      }),
      { numRuns: 3_000 },
    );
  });

  it('changes nothing where nothing is masked, and never what it was given', () => {
    fc.assert(
      fc.property(root, facts, (data, masks) => {
        const before = JSON.stringify(data);
        const shown = maskValue(data, 'value', masks);
        expect(JSON.stringify(data)).toBe(before);
        if (shown.maskedBy.length === 0) expect(JSON.stringify(shown.value)).toBe(before);
      }),
      { numRuns: 2_000 },
    );
  });

  it('of a name hidden anywhere nothing is left, in any nesting, any case and inside texts', () => {
    const masks = policy([{ select: 'name', at: 'cardno' }]);
    fc.assert(
      fc.property(json, fc.constantFrom('card_no', 'CardNo', 'CARD-NO'), fc.nat(2), (data, name, texts) => {
        let wrapped: DataValue = { [name]: 'CANARY', b: data };
        for (let i = 0; i < texts; i++) wrapped = [{ b: JSON.stringify(wrapped) }];
        const seen = maskValue(wrapped, 'value', masks);
        expect(JSON.stringify(seen.value)).not.toContain('CANARY');
        expect(maskJsonText(JSON.stringify(wrapped), 'value', masks)?.text).not.toContain('CANARY');
      }),
      { numRuns: 1_000 },
    );
  });
});
