/**
 * What workers must know besides the bytes: schemas, filters, masks. A task names the facts it uses by id; the pool sends each to a
 * worker once, before the first task that needs it. An id stands for one value for ever (it holds a hash or an immutable number).
 */
export interface Fact {
  id: string;
  /** Plain data, it is cloned. */
  value: unknown;
}

const known = new Map<string, unknown>();
const made = new Map<string, unknown>();

/** Inside a worker: learns and forgets, as the pool says. */
export function learnFacts(facts: readonly Fact[], forgotten: readonly string[] = []): void {
  for (const id of forgotten) {
    known.delete(id);
    made.delete(id);
  }
  for (const { id, value } of facts) {
    known.set(id, value);
    // What stood for "it could not be had" may be there now.
    made.delete(id);
  }
}

/** Inside a worker: the value of a fact, or undefined when it was never sent. */
export const factOf = (id: string): unknown => known.get(id);

/** Inside a worker: what is made of a fact once (a compiled schema or filter), kept as long as the fact is known. */
export function madeOf<T>(id: string, make: (value: unknown) => T): T {
  if (!made.has(id)) made.set(id, make(known.get(id)));
  return made.get(id) as T;
}
