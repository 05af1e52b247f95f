import { MAX_JSON_DEPTH, walkJson } from '#lib/model/json-text.ts';
import type { DataValue } from './decode-plan.ts';
import type { Decision, Reach, SideRules } from './mask-rules.ts';

interface Frame {
  reach: Reach;
  isArray: boolean;
  position: number;
  /** The key whose value comes next. */
  key: string;
}

/**
 * Masks JSON where it stands: values that are hidden are replaced in the text, all else stays as it was written.
 * @param within what hides a text that is JSON itself
 */
export function maskJsonFrom(
  rules: SideRules,
  start: Reach,
  text: string,
  masked: (value: DataValue, decision: Decision) => string,
  within: (rules: SideRules, reach: Reach, text: string) => Decision | false,
): { text: string; maskedBy: string[] } | null {
  const parts: string[] = [];
  const by = new Set<string>();
  const frames: Frame[] = [];
  let copied = 0;
  /** Depth of the container that is left out as a whole; -1 when none is. */
  let hiddenDepth = -1;

  const replace = (from: number, to: number, value: DataValue, decision: Decision): void => {
    parts.push(text.slice(copied, from), JSON.stringify(masked(value, decision)));
    copied = to;
    for (const { name } of decision.policies) by.add(name);
  };
  const reachOfNext = (): Reach => {
    const frame = frames.at(-1);
    if (!frame) return start;
    if (frame.isArray) return rules.intoElement(frame.reach, frame.position++);
    return rules.intoKey(frame.reach, frame.key);
  };

  const result = walkJson(text, MAX_JSON_DEPTH, (token, from, to, depth) => {
    if (hiddenDepth >= 0) {
      if (token !== 'close' || depth !== hiddenDepth) return;
      hiddenDepth = -1;
      copied = to;
      return;
    }
    if (token === 'close') frames.pop();
    else if (token === 'key') {
      const frame = frames.at(-1);
      if (frame) frame.key = stringOf(text, from, to);
    } else if (token === 'open') {
      const reach = reachOfNext();
      const isArray = text[from] === '[';
      const decision = rules.decide(reach, isArray ? 'array' : 'object');
      if (decision) {
        replace(from, from, isArray ? [] : {}, decision);
        hiddenDepth = depth;
      } else frames.push({ reach, isArray, position: 0, key: '' });
    } else if (token !== 'colon' && token !== 'comma') {
      const reach = reachOfNext();
      if (rules.isFree(reach)) return;
      const value = scalarOf(text, token, from, to);
      const decision =
        rules.decide(reach, 'scalar') ?? (typeof value === 'string' && within(rules, reach, value));
      if (decision) replace(from, to, value, decision);
    }
  });
  if (!result.ok) return null;
  parts.push(text.slice(copied));
  return { text: parts.join(''), maskedBy: [...by] };
}

/** Number tokens whose value a double holds in every digit are numbers, other whole ones bigint, as decoding makes them. */
function scalarOf(text: string, token: string, from: number, to: number): DataValue {
  if (token === 'string') return stringOf(text, from, to);
  if (token === 'number') {
    const source = text.slice(from, to);
    const value = Number(source);
    return !Number.isSafeInteger(value) && /^-?\d+$/.test(source) ? BigInt(source) : value;
  }
  return token === 'boolean' ? text[from] === 't' : null;
}

function stringOf(text: string, from: number, to: number): string {
  const inner = text.slice(from + 1, to - 1);
  return inner.includes('\\') ? (JSON.parse(text.slice(from, to)) as string) : inner;
}
