import type { MaskSelector, MaskSide } from '#lib/model/mask.ts';
import { type MaskStep, matchesPieces, parseMaskPath } from '#lib/model/mask-path.ts';
import type { MaskFact } from './masks.ts';

/** What is done to a value, the strongest first: where rules differ, the stronger holds. */
const strengths = ['hide', 'hash', 'last4'] as const;
export type Masking = (typeof strengths)[number];

interface Rule {
  policy: number;
  action: Masking | 'show';
  steps: readonly CompiledStep[];
}
type CompiledStep =
  | Exclude<MaskStep, { kind: 'name' }>
  | { kind: 'name'; name: string; glob: readonly string[] | null };

/** How far each rule has come on the way to a value: pairs of rule and steps passed. */
export type Reach = readonly number[];

export interface Decision {
  masking: Masking;
  /** The policies that demand it. */
  policies: readonly MaskFact['policies'][number][];
}

/**
 * The rules of one side of a record, made ready to be followed from its root to each value. Arrays are transparent: a path speaks of
 * every element. Letter case, `_` and `-` do not matter to a rule that hides, so that `cardNumber` is also `card_number`; a rule
 * that shows is taken to the letter.
 */
export class SideRules {
  private readonly policies: MaskFact['policies'];
  private readonly rules: Rule[] = [];
  readonly root: Reach;
  /** Whether the side is touched at all. */
  readonly isActive: boolean;
  private readonly folded = new Map<string, string>();

  constructor(fact: MaskFact, side: MaskSide) {
    this.policies = fact.policies;
    fact.policies.forEach(({ rules }, policy) => {
      for (const rule of rules.filter((one) => one.side === side)) {
        const isShow = rule.action === 'show';
        this.rules.push({
          policy,
          action: rule.action,
          steps: stepsOf(rule, side).map((step) => (isShow ? step : foldedStep(step))),
        });
      }
    });
    this.root = this.closed(this.rules.flatMap((_, rule) => [rule, 0]));
    this.isActive =
      this.rules.some(({ action }) => action !== 'show') || fact.policies.some(({ base }) => base === 'mask');
  }

  /** All policies that touch the side: who hides what cannot be read as fields. */
  get hiding(): MaskFact['policies'] {
    return this.policies.filter(
      (policy, index) =>
        policy.base === 'mask' || this.rules.some((rule) => rule.policy === index && rule.action !== 'show'),
    );
  }

  /** Whether nothing at or below a value reached so can be masked. */
  isFree(reach: Reach): boolean {
    if (this.policies.some(({ base }) => base === 'mask')) return false;
    for (let i = 0; i < reach.length; i += 2)
      if (this.rules[reach[i] as number]?.action !== 'show') return false;
    return true;
  }

  /** From an object to the value of one of its keys. */
  intoKey(reach: Reach, key: string): Reach {
    const next: number[] = [];
    for (let i = 0; i < reach.length; i += 2) {
      const index = reach[i] as number;
      const passed = reach[i + 1] as number;
      const rule = this.rules[index] as Rule;
      const step = rule.steps[passed];
      if (step === undefined) {
        // Shown as a whole, so shown within.
        if (rule.action === 'show') next.push(index, passed);
      } else if (step.kind === 'deep') next.push(index, passed);
      else if (step.kind === 'any' || this.isKey(step, key, rule.action === 'show'))
        next.push(index, passed + 1);
    }
    return this.closed(next);
  }

  /** From an array to one of its elements. */
  intoElement(reach: Reach, position: number): Reach {
    const next: number[] = [...reach];
    for (let i = 0; i < reach.length; i += 2) {
      const step = this.rules[reach[i] as number]?.steps[reach[i + 1] as number];
      if (step?.kind === 'any' || (step?.kind === 'index' && step.index === position))
        next.push(reach[i] as number, (reach[i + 1] as number) + 1);
    }
    return this.closed(next);
  }

  /** What is to be done with a value reached so; null: shown, or looked into. */
  decide(reach: Reach, kind: 'object' | 'array' | 'scalar'): Decision | null {
    let masking: Masking | null = null;
    const by: MaskFact['policies'] = [];
    for (let index = 0; index < this.policies.length; index++) {
      const policy = this.policies[index] as MaskFact['policies'][number];
      const own = this.decideFor(index, policy.base === 'mask', reach, kind);
      if (!own) continue;
      by.push(policy);
      if (masking === null || strengths.indexOf(own) < strengths.indexOf(masking)) masking = own;
    }
    return masking && { masking, policies: by };
  }

  private decideFor(
    policy: number,
    isMaskedByDefault: boolean,
    reach: Reach,
    kind: 'object' | 'array' | 'scalar',
  ): Masking | null {
    let strongest: Masking | null = null;
    let isShown = false;
    let mayShowWithin = false;
    for (let i = 0; i < reach.length; i += 2) {
      const rule = this.rules[reach[i] as number] as Rule;
      if (rule.policy !== policy) continue;
      const isThere = (reach[i + 1] as number) === rule.steps.length;
      if (rule.action === 'show') {
        if (isThere) isShown = true;
        else mayShowWithin = true;
      } else if (isThere && (!strongest || strengths.indexOf(rule.action) < strengths.indexOf(strongest)))
        strongest = rule.action;
    }
    if (!strongest) {
      if (!isMaskedByDefault || isShown) return null;
      return kind !== 'scalar' && mayShowWithin ? null : 'hide';
    }
    if (strongest === 'hide' || kind === 'scalar') return strongest;
    // An array gives it on to its elements; of an object nothing is left, its keys may say as much as its values.
    return kind === 'array' ? null : 'hide';
  }

  /** With `**` taken as no field at all, too; each pair once. */
  private closed(pairs: number[]): Reach {
    const seen = new Set<number>();
    const out: number[] = [];
    for (let i = 0; i < pairs.length; i += 2) {
      const rule = pairs[i] as number;
      let passed = pairs[i + 1] as number;
      for (;;) {
        const code = rule * 64 + passed;
        if (seen.has(code)) break;
        seen.add(code);
        out.push(rule, passed);
        if (this.rules[rule]?.steps[passed]?.kind !== 'deep') break;
        passed++;
      }
    }
    return out;
  }

  private isKey(step: CompiledStep, key: string, isExact: boolean): boolean {
    if (step.kind === 'index') return key === String(step.index);
    if (step.kind !== 'name') return false;
    const name = isExact ? key : this.fold(key);
    return step.glob ? matchesPieces(step.glob, name) : name === step.name;
  }

  private fold(key: string): string {
    let known = this.folded.get(key);
    if (known === undefined) {
      known = folded(key);
      // Maps may have keys without end.
      if (this.folded.size > 5_000) this.folded.clear();
      this.folded.set(key, known);
    }
    return known;
  }
}

const folded = (name: string): string => name.normalize('NFKC').toLowerCase().replace(/[_-]/g, '');

function foldedStep(step: CompiledStep): CompiledStep {
  if (step.kind !== 'name') return step;
  return { kind: 'name', name: folded(step.name), glob: step.glob?.map(folded) ?? null };
}

/** A rule that cannot be read masks the whole: it was meant to hide something. Of headers, the whole is each of them. */
function stepsOf({ select, at }: { select: MaskSelector; at: string }, side: MaskSide): CompiledStep[] {
  if (select === 'whole') return side === 'header' ? [{ kind: 'any' }] : [];
  const steps = parseMaskPath(at) ?? [];
  return select === 'name' && steps.length > 0 ? [{ kind: 'deep' }, ...steps] : steps;
}
