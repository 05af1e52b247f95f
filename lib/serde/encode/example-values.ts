/** `plain` is a record as one would write it; `edge` has the largest, the smallest and the empty. */
export type ExampleKind = 'plain' | 'edge';

/** An example with more parts than this is no example: what may be left empty is, from there on. */
export const maxExampleNodes = 400;

export const clock = {
  uuid: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
  moment: () => new Date().toISOString(),
  date: () => new Date().toISOString().slice(0, 10),
};

/** Text for a field of that name; at the edge one that shows whether every character survives. */
export const textFor = (name: string, isEdge: boolean): string =>
  isEdge ? 'Zażółć 漢字 \u{1F6F6} "\\' : `${name}-1`;
