/** The search parameters of a page that a query knows, without empty ones; the query parses them. */
export function inputOfPage(
  search: Readonly<Record<string, string | string[] | undefined>>,
  names: readonly string[],
): Record<string, string> {
  const input: Record<string, string> = {};
  for (const name of names) {
    const value = search[name];
    const one = Array.isArray(value) ? value[0] : value;
    if (one !== undefined && one !== '') input[name] = one;
  }
  return input;
}
