/** Values of a form as its fields hold them. */
export type FormValues = Record<string, string | boolean>;

/** The part of a zod schema that a form needs, so that forms that check nothing here carry no zod. */
export type FormSchema = {
  safeParse: (
    value: unknown,
  ) =>
    | { success: true }
    | { success: false; error: { issues: readonly { path: readonly PropertyKey[]; message: string }[] } };
};

/** What is wrong, by the path of the field. The first word on a field counts. */
export function errorsOf(schema: FormSchema | undefined, input: unknown): Record<string, string> {
  const result = schema?.safeParse(input);
  if (!result || result.success) return {};
  const errors: Record<string, string> = {};
  for (const issue of result.error.issues) {
    const path = issue.path.map(String).join('.');
    errors[path] ??= issue.message;
  }
  return errors;
}

/** Errors that belong to no field of the form, so that they are said above it and never lost. */
export const strayErrors = (errors: Record<string, string>, fields: readonly string[]): string[] =>
  Object.entries(errors)
    .filter(([path]) => !fields.includes(path))
    .map(([path, message]) => (path === '' ? message : `${path}: ${message}`));
