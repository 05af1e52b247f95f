import { filterOf, type ReadMessagesInput } from '#lib/model/message-request.ts';

/**
 * What of the conditions the audit keeps: which there are, and the expression. What somebody looks for in keys, headers and values may
 * itself be what nobody else is to read.
 */
export function auditedFilter(input: ReadMessagesInput): Record<string, unknown> {
  const { where, show, ...conditions } = filterOf(input);
  const names = Object.keys(conditions);
  return {
    ...(names.length > 0 ? { conditions: names } : {}),
    ...(where ? { where } : {}),
    ...(show ? { show } : {}),
  };
}
