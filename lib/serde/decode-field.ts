import { isUtf8 } from 'node:buffer';
import type { Decoded } from './decode-plan.ts';
import { inflateField } from './inflate-field.ts';
import { masksOf, maskValue } from './masks.ts';
import type { SerdeContext } from './serde.ts';
import { serdeNamed, serdesFor } from './serde-list.ts';
import { choiceOf } from './show-field.ts';

/**
 * The value of any bytes for filters and columns, masked as its reader may see it. It never throws, and makes no text of reasons
 * unless there is no value.
 */
export function decodeField(bytes: Buffer, context: SerdeContext): Decoded {
  const decoded = decodeOpen(bytes, context);
  const { plan } = context;
  if (!plan || plan.masks === null || !('value' in decoded)) return decoded;
  return { value: maskValue(decoded.value, context.side, masksOf(plan)).value };
}

function decodeOpen(bytes: Buffer, context: SerdeContext): Decoded {
  const choice = choiceOf(context.plan, context.side);
  if (choice) {
    const decoded = serdeNamed(choice.serde)?.decode(bytes, context, choice);
    return decoded ?? { reason: `The bytes do not fit ${choice.serde}.` };
  }
  const inflated = inflateField(bytes, context);
  if (inflated && 'problem' in inflated) return { reason: inflated.problem };
  const inner = inflated ? inflated.bytes : bytes;
  for (const serde of serdesFor(context.plan?.topic)) {
    const decoded = serde.decode(inner, context);
    if (decoded) return decoded;
  }
  return { reason: isUtf8(inner) ? 'It contains NUL bytes.' : 'It is neither JSON nor text.' };
}
