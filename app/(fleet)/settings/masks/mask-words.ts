import type { MaskAction, MaskPolicy, MaskRule, MaskSelector, MaskSide } from '#lib/model/mask.ts';
import type { Role } from '#lib/model/role.ts';

export const sideChoices: { value: MaskSide; label: string }[] = [
  { value: 'value', label: 'Value' },
  { value: 'key', label: 'Key' },
  { value: 'header', label: 'Headers' },
];

export const selectorChoices: { value: MaskSelector; label: string }[] = [
  { value: 'path', label: 'at path' },
  { value: 'name', label: 'any field named' },
  { value: 'whole', label: 'as a whole' },
];

export const actionChoices: { value: MaskAction; label: string }[] = [
  { value: 'hide', label: 'Hide' },
  { value: 'hash', label: 'Show a keyed hash' },
  { value: 'last4', label: 'Keep the last 4' },
  { value: 'show', label: 'Show' },
];

export const unmaskChoices: { value: Role | ''; label: string }[] = [
  { value: '', label: 'Nobody' },
  { value: 'admin', label: 'Admins' },
  { value: 'operator', label: 'Operators and admins' },
  { value: 'developer', label: 'Developers, operators and admins' },
];

export const baseChoices = [
  { value: 'show', label: 'Fields are shown unless a rule masks them' },
  { value: 'mask', label: 'Fields are masked unless a rule shows them' },
];

const acts: Record<MaskAction, string> = {
  hide: 'hidden',
  hash: 'as a keyed hash',
  last4: 'last 4 kept',
  show: 'shown',
};
const sides: Record<MaskSide, string> = { value: 'value', key: 'key', header: 'headers' };

/** A rule in a few words: where, then what. */
export function ruleInWords({ side, select, at, action }: MaskRule): { place: string; act: string } {
  const place =
    select === 'whole'
      ? sides[side]
      : select === 'name'
        ? `${sides[side]}: any ${at}`
        : `${sides[side]}: ${at}`;
  return { place, act: acts[action] };
}

export const whoSees = (role: MaskPolicy['unmaskRole']): string =>
  unmaskChoices.find(({ value }) => value === (role ?? ''))?.label ?? 'Nobody';
