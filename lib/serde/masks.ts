import { createHmac } from 'node:crypto';
import { MAX_JSON_DEPTH } from '#lib/model/json-text.ts';
import type { MaskBase, MaskRule, MaskSide } from '#lib/model/mask.ts';
import { factOf } from '#lib/scan/facts.ts';
import type { DataValue, DecodePlan } from './decode-plan.ts';
import { maskJsonFrom } from './mask-json.ts';
import { type Decision, type Reach, SideRules } from './mask-rules.ts';

/** Value of a fact: what is hidden of one topic from one reader. */
export interface MaskFact {
  policies: {
    name: string;
    base: MaskBase;
    rules: readonly MaskRule[];
    /** Key of the policy's digests. It never leaves the server. */
    hashKey: string;
  }[];
}

export type Masked<T> = { value: T; maskedBy: string[] };

const hidesAll: MaskFact = {
  policies: [{ name: 'a policy that is not known here', base: 'mask', rules: [], hashKey: '' }],
};

/** Inside a worker: the masks that a plan names; null when it names none. Masks that never came hide everything. */
export function masksOf({ masks }: DecodePlan): MaskFact | null {
  if (masks === null) return null;
  return (factOf(masks) as MaskFact | undefined) ?? hidesAll;
}

const compiled = new WeakMap<MaskFact, Map<MaskSide, SideRules>>();

function rulesOf(fact: MaskFact, side: MaskSide): SideRules {
  let sides = compiled.get(fact);
  if (!sides) {
    sides = new Map();
    compiled.set(fact, sides);
  }
  let rules = sides.get(side);
  if (!rules) {
    rules = new SideRules(fact, side);
    sides.set(side, rules);
  }
  return rules;
}

/**
 * A decoded key or value as its reader may see it; of headers, the object of their values by name. Nothing of `value` is changed. A
 * null key or value stays null. A lone text or number is hidden where the rules speak of fields: what they mean may be in it.
 */
export function maskValue(value: DataValue, side: MaskSide, masks: MaskFact | null): Masked<DataValue> {
  const rules = masks && rulesOf(masks, side);
  if (!rules?.isActive || value === null) return { value, maskedBy: [] };
  if (!isContainer(value)) return maskLone(rules, value);
  const by = new Set<string>();
  if (side === 'header' && !Array.isArray(value)) {
    const seen = Object.keys(value).map(
      (name) =>
        [name, walk(rules, rules.intoKey(rules.root, name), value[name] as DataValue, by, 1)] as const,
    );
    return { value: Object.fromEntries(seen), maskedBy: [...by] };
  }
  return { value: walk(rules, rules.root, value, by, 0), maskedBy: [...by] };
}

/**
 * JSON as its reader may see it, every digit, the order of keys and repeated keys kept. Null when the text is not JSON or nested too
 * deeply: then it is opaque.
 */
export function maskJsonText(
  text: string,
  side: MaskSide,
  masks: MaskFact | null,
): { text: string; maskedBy: string[] } | null {
  const rules = masks && rulesOf(masks, side);
  if (!rules?.isActive) return { text, maskedBy: [] };
  // A lone value is opaque: it is not what the rules speak of.
  if (!/^\s*[{[]/.test(text)) return null;
  return maskJsonFrom(rules, rules.root, text, masked, isMaskedWithin);
}

/**
 * What stands for a field that is not made of fields (text, bytes, what could not be decoded) or was too large to look into. Null
 * when nothing hides it.
 */
export function maskOpaque(
  field: string | Uint8Array,
  side: MaskSide,
  masks: MaskFact | null,
): { value: string; maskedBy: string[] } | null {
  const rules = masks && rulesOf(masks, side);
  if (!rules?.isActive) return null;
  const { value, maskedBy } = maskLone(rules, field);
  return maskedBy.length > 0 ? { value: String(value), maskedBy } : null;
}

/** One header as its reader may see it. */
export function maskHeader(
  name: string,
  value: string | Uint8Array | null,
  masks: MaskFact | null,
): Masked<string | Uint8Array | null> {
  const rules = masks && rulesOf(masks, 'header');
  if (!rules?.isActive) return { value, maskedBy: [] };
  const by = new Set<string>();
  const seen = walk(rules, rules.intoKey(rules.root, name), value, by, 1);
  return { value: by.size > 0 ? String(seen) : value, maskedBy: [...by] };
}

/** Whether looking at the bytes of a side, or of one header, would tell what is hidden. */
export function hidesBytes(masks: MaskFact | null, side: MaskSide, headerName?: string): boolean {
  const rules = masks && rulesOf(masks, side);
  if (!rules?.isActive) return false;
  if (side !== 'header' || headerName === undefined) return true;
  return !rules.isFree(rules.intoKey(rules.root, headerName));
}

const isContainer = (value: DataValue): value is DataValue[] | { [key: string]: DataValue } =>
  typeof value === 'object' && value !== null && !(value instanceof Uint8Array);

function maskLone(
  rules: SideRules,
  value: Exclude<DataValue, null | DataValue[] | { [key: string]: DataValue }>,
): Masked<DataValue> {
  const decision = rules.decide(rules.root, 'scalar') ?? {
    masking: 'hide' as const,
    policies: rules.hiding,
  };
  return { value: masked(value, decision), maskedBy: decision.policies.map(({ name }) => name) };
}

function walk(rules: SideRules, reach: Reach, value: DataValue, by: Set<string>, depth: number): DataValue {
  if (rules.isFree(reach)) return value;
  const kind = Array.isArray(value) ? 'array' : isContainer(value) ? 'object' : 'scalar';
  const decision: Decision | null =
    depth > MAX_JSON_DEPTH && kind !== 'scalar'
      ? { masking: 'hide', policies: rules.hiding }
      : rules.decide(reach, kind);
  if (decision) {
    for (const { name } of decision.policies) by.add(name);
    return masked(value, decision);
  }
  if (Array.isArray(value))
    return value.map((item, index) => walk(rules, rules.intoElement(reach, index), item, by, depth + 1));
  if (isContainer(value)) {
    const entries = Object.keys(value).map(
      (key) => [key, walk(rules, rules.intoKey(reach, key), value[key] as DataValue, by, depth + 1)] as const,
    );
    // Makes own keys of all of them, `__proto__` included.
    return Object.fromEntries(entries);
  }
  const within = typeof value === 'string' && isMaskedWithin(rules, reach, value);
  if (!within) return value;
  for (const { name } of within.policies) by.add(name);
  return masked(value, within);
}

/** A text that is itself JSON with something in it to be masked is hidden as a whole. */
function isMaskedWithin(rules: SideRules, reach: Reach, text: string): Decision | false {
  if (!/^\s*[{[]/.test(text)) return false;
  const inner = maskJsonFrom(rules, reach, text, masked, isMaskedWithin);
  if (!inner || inner.maskedBy.length === 0) return false;
  const policies = rules.hiding.filter(({ name }) => inner.maskedBy.includes(name));
  return { masking: 'hide', policies };
}

/** Characters that are kept, and how long a text must be for them to tell little of it. */
const KEPT = 4;
const MIN_KEPT_OF = 10;

function masked(value: DataValue, { masking, policies }: Decision): string {
  const hidden = `[hidden by ${policies.map(({ name }) => name).join(', ')}]`;
  if (masking === 'hide' || isContainer(value) || value === null) return hidden;
  if (masking === 'hash') return `[hash ${digest(value, policies)}]`;
  if (typeof value === 'boolean' || value instanceof Uint8Array) return hidden;
  const characters = [...String(value)];
  return characters.length >= MIN_KEPT_OF ? `••••${characters.slice(-KEPT).join('')}` : hidden;
}

/** 64 bits: equal values stay recognisable, and nobody without the key can try values out. */
function digest(
  value: Exclude<DataValue, null | DataValue[] | { [key: string]: DataValue }>,
  policies: Decision['policies'],
): string {
  const hmac = createHmac('sha256', policies.map(({ hashKey }) => hashKey).join('.'));
  if (value instanceof Uint8Array) hmac.update('bytes:').update(value);
  else hmac.update(typeof value === 'string' ? `text:${value}` : `plain:${value}`);
  return hmac.digest('hex').slice(0, 16);
}
