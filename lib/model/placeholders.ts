/** What stands in a template for something that is new with each record: `{{now}}`, `{{now-ms}}`, `{{uuid}}`, `{{counter}}`. */
export const placeholders = ['now', 'now-ms', 'uuid', 'counter'] as const;
export type Placeholder = (typeof placeholders)[number];

const pattern = /\{\{\s*([^{}\s]{1,40})\s*\}\}/g;
const isPlaceholder = (name: string): name is Placeholder => placeholders.some((each) => each === name);

/** Names between double braces that stand for nothing, so that nobody writes them into a topic by mistake. */
export const unknownPlaceholders = (text: string): string[] => [
  ...new Set([...text.matchAll(pattern)].flatMap(([, name = '']) => (isPlaceholder(name) ? [] : [name]))),
];

export const hasPlaceholders = (text: string): boolean =>
  [...text.matchAll(pattern)].some(([, name = '']) => isPlaceholder(name));

/** The text with each placeholder filled in; what is none stays as it is. */
export function fillPlaceholders(
  text: string,
  facts: { now: Date; counter: number; uuid: () => string },
): string {
  return text.replace(pattern, (whole, name: string) => {
    switch (name) {
      case 'now':
        return facts.now.toISOString();
      case 'now-ms':
        return String(facts.now.getTime());
      case 'uuid':
        return facts.uuid();
      case 'counter':
        return String(facts.counter);
      default:
        return whole;
    }
  });
}
