import { filterOf, type ReadMessagesInput } from '#lib/model/message-request.ts';

/** Characters of one condition that the audit keeps. */
const keptChars = 200;

/**
 * The conditions of a reading as the audit keeps them (R15): what was looked for belongs to who read what. Long texts are cut; an
 * expression is short enough to be kept whole.
 */
export function auditedFilter(input: ReadMessagesInput): Record<string, unknown> {
  const { where, show, ...conditions } = filterOf(input);
  const kept = Object.entries(conditions).map(([name, condition]) => [
    name,
    typeof condition === 'string' && condition.length > keptChars
      ? `${condition.slice(0, keptChars)}… (${condition.length} characters)`
      : condition,
  ]);
  return {
    ...(kept.length > 0 ? { conditions: Object.fromEntries(kept) } : {}),
    ...(where ? { where } : {}),
    ...(show ? { show } : {}),
  };
}
