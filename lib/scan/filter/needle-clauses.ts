/**
 * Conjunction of disjunctions: of each inner list, one text must be there. An empty inner list can never be met.
 */
export type Clauses = readonly (readonly string[])[];

export const nothing: Clauses = [];
export const never: Clauses = [[]];

const MAX_CLAUSES = 6;
const MAX_ALTERNATIVES = 24;

const isNever = (clauses: Clauses): boolean => clauses.some((clause) => clause.length === 0);

export function all(left: Clauses, right: Clauses): Clauses {
  if (isNever(left) || isNever(right)) return never;
  return [...left, ...right];
}

/** (a ∧ b) ∨ (c ∧ d) = (a ∨ c) ∧ (a ∨ d) ∧ (b ∨ c) ∧ (b ∨ d): fewer of them are still true, so the most telling are kept. */
export function any(left: Clauses, right: Clauses): Clauses {
  if (isNever(left)) return right;
  if (isNever(right)) return left;
  const product = left.flatMap((a) => right.map((b) => [...new Set([...a, ...b])]));
  return product
    .filter((clause) => clause.length <= MAX_ALTERNATIVES)
    .sort((a, b) => a.length - b.length)
    .slice(0, MAX_CLAUSES);
}

/** As bytes; the most telling first, without what another clause says already. What can never match has no needles. */
export function clausesOf(clauses: Clauses): Buffer[][] {
  if (isNever(clauses)) return [];
  const short = clauses.filter((clause) => clause.length <= MAX_ALTERNATIVES).map(withoutLonger);
  const kept = short.filter(
    (clause, i) => !short.some((other, j) => implies(other, clause) && (j < i || !implies(clause, other))),
  );
  return kept
    .toSorted((a, b) => a.length - b.length || shortest(b) - shortest(a))
    .slice(0, MAX_CLAUSES)
    .map((clause) => clause.map((text) => Buffer.from(text)));
}

/** Whether `a` being met means that `b` is. */
const implies = (a: readonly string[], b: readonly string[]): boolean =>
  a.every((text) => b.some((part) => text.includes(part)));

const withoutLonger = (clause: readonly string[]): string[] =>
  [...new Set(clause)].filter(
    (text, _, every) => !every.some((part) => part !== text && text.includes(part)),
  );

const shortest = (clause: readonly string[]): number => Math.min(...clause.map((text) => text.length));
