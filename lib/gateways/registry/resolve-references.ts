import { AppError } from '#lib/errors/app-error.ts';
import type { RegistrySchema } from '#lib/model/registry-schema.ts';

export type Reference = { name: string; subject: string; version: number };
type Referred = { text: string; references: readonly Reference[] };

/** More than any real schema has; every one of them is a question to the registry. */
const MAX_REFERENCES = 200;
const MAX_DEPTH = 30;
const AT_ONCE = 8;

/**
 * All schemas that a schema refers to, those of its references included, each before the one that needs it and once.
 * @param what names the schema in the sentence, such as "schema 12"
 * @throws AppError `registry.schema-refused` for a circle and for more than can be meant; and what `fetch` throws
 */
export async function resolveReferences(
  what: string,
  references: readonly Reference[],
  fetch: (reference: Reference) => Promise<Referred>,
): Promise<RegistrySchema['references']> {
  if (references.length === 0) return [];
  const found = await collect(what, references, fetch);
  const ordered: RegistrySchema['references'] = [];
  const done = new Set<string>();
  const names = new Set<string>();
  const visit = (reference: Reference, path: readonly string[]) => {
    const key = keyOf(reference);
    if (path.includes(key)) {
      const circle = [...path.slice(path.indexOf(key)), key].map((part) => part.split('\n')[0]);
      throw refused(what, `its references go round in a circle, ${circle.join(' → ')}`);
    }
    if (path.length >= MAX_DEPTH)
      throw refused(what, `its references are more than ${MAX_DEPTH} levels deep`);
    const referred = found.get(key);
    if (referred && !done.has(key)) {
      for (const inner of referred.references) visit(inner, [...path, key]);
      done.add(key);
    }
    if (!referred || names.has(reference.name)) return;
    names.add(reference.name);
    ordered.push({ name: reference.name, text: referred.text });
  };
  for (const reference of references) visit(reference, []);
  return ordered;
}

/** Level by level, so that a registry far away is asked for several at once; each schema once. */
async function collect(
  what: string,
  references: readonly Reference[],
  fetch: (reference: Reference) => Promise<Referred>,
): Promise<Map<string, Referred>> {
  const found = new Map<string, Referred>();
  let level = [...references];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) throw refused(what, `its references are more than ${MAX_DEPTH} levels deep`);
    const asked = new Map(level.filter((one) => !found.has(keyOf(one))).map((one) => [keyOf(one), one]));
    if (found.size + asked.size > MAX_REFERENCES) {
      throw refused(what, `it refers to more than ${MAX_REFERENCES} other schemas`);
    }
    const next: Reference[] = [];
    const waiting = [...asked];
    while (waiting.length > 0) {
      const batch = waiting.splice(0, AT_ONCE);
      const answers = await Promise.all(batch.map(([, reference]) => fetch(reference)));
      batch.forEach(([key], i) => {
        const referred = answers[i] as Referred;
        found.set(key, referred);
        next.push(...referred.references);
      });
    }
    level = next;
  }
  return found;
}

const keyOf = ({ subject, version }: Reference): string => `${subject}\n${version}`;

const refused = (what: string, reason: string): AppError =>
  new AppError('registry.schema-refused', { what, reason });
