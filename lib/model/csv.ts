/**
 * One line of CSV (RFC 4180) that a spreadsheet does not take for a formula: a cell that begins with a character
 * such a program would act on gets an apostrophe before it (R25, P11). NUL is written out.
 */
export const csvLine = (cells: readonly unknown[]): string => `${cells.map(cell).join(',')}\r\n`;

function cell(value: unknown): string {
  const text = String(value).replaceAll('\u0000', '\\u0000');
  const guarded = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
