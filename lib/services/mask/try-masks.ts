import type { MaskTrial, MaskTrialAnswer } from '#lib/model/mask.ts';
import { type MaskFact, maskHeader, maskJsonText, maskOpaque } from '#lib/serde/masks.ts';

/**
 * What a policy makes of a sample: JSON, other text, or for headers one per line as `name: value`. Digests are made with another key
 * than the policy's, so they are not those of its messages.
 */
export function tryMasks({ base, rules, side, sample }: MaskTrial): NonNullable<MaskTrialAnswer['sample']> {
  const masks: MaskFact = { policies: [{ name: 'this policy', base, rules, hashKey: 'trial' }] };
  if (side === 'header') {
    const lines = sample.split('\n').map((line) => headerLine(line, masks));
    return {
      text: lines.map(({ text }) => text).join('\n'),
      isMasked: lines.some(({ isMasked }) => isMasked),
      note: 'One header per line, as name: value.',
    };
  }
  const json = maskJsonText(sample, side, masks);
  if (json) return { text: json.text, isMasked: json.maskedBy.length > 0, note: 'Read as JSON.' };
  const opaque = maskOpaque(sample, side, masks);
  return {
    text: opaque?.value ?? sample,
    isMasked: opaque !== null,
    note: 'Not a JSON object or array: rules of paths and names hide such a field whole.',
  };
}

function headerLine(line: string, masks: MaskFact): { text: string; isMasked: boolean } {
  const colon = line.indexOf(':');
  if (colon < 0) return { text: line, isMasked: false };
  const name = line.slice(0, colon).trim();
  const { value, maskedBy } = maskHeader(name, line.slice(colon + 1).trim(), masks);
  return { text: `${name}: ${String(value)}`, isMasked: maskedBy.length > 0 };
}
