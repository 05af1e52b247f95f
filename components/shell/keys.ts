/**
 * The keyboard map: one listener for the page. Pieces that are on the screen add their keys and take them away when they leave; the last one to
 * come is asked first. Single keys are off while typing, under a modal dialog, and when the person turned them off (WCAG 2.1.4).
 */
export type KeyBinding = {
  /** A key as the browser names it (`j`, `Enter`, `/`), a sequence (`g t`), or with the command key (`mod+k`). */
  keys: string;
  /** What it does, for the list of all keys. */
  label: string;
  section: string;
  /** Answer `false` to let the next binding try. */
  run: (event: KeyboardEvent) => boolean | undefined;
};

const groups: (readonly KeyBinding[])[] = [];
let pending = '';
let pendingSince = 0;
const sequenceMs = 1200;
const preference = 'millrace-single-keys';

export const areSingleKeysOn = (): boolean => localStorage.getItem(preference) !== 'off';
export const setSingleKeys = (isOn: boolean): void => localStorage.setItem(preference, isOn ? 'on' : 'off');

/** Adds keys; the answer takes them away. */
export function addKeys(bindings: readonly KeyBinding[]): () => void {
  groups.push(bindings);
  return () => {
    const at = groups.indexOf(bindings);
    if (at >= 0) groups.splice(at, 1);
  };
}

/** All keys that work now, for the list of keys. */
export function listKeys(): KeyBinding[] {
  const seen = new Set<string>();
  return [...groups]
    .reverse()
    .flat()
    .filter((binding) => !seen.has(binding.keys) && seen.add(binding.keys));
}

const textInputs = new Set([
  'text',
  'search',
  'url',
  'tel',
  'email',
  'password',
  'number',
  'date',
  'time',
  'datetime-local',
]);

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (
    target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  )
    return true;
  if (target instanceof HTMLInputElement) return textInputs.has(target.type);
  return target.closest('[role="menu"], [role="listbox"], [role="textbox"]') !== null;
}

function tryRun(keys: string, event: KeyboardEvent): boolean {
  for (let group = groups.length - 1; group >= 0; group -= 1) {
    for (const binding of groups[group] ?? []) {
      if (binding.keys === keys && binding.run(event) !== false) {
        event.preventDefault();
        return true;
      }
    }
  }
  return false;
}

const startsSequence = (prefix: string): boolean =>
  groups.some((group) => group.some((binding) => binding.keys.startsWith(`${prefix} `)));

/** The one listener. */
export function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  if ((event.metaKey || event.ctrlKey) && !event.altKey) {
    tryRun(`mod+${event.key.length === 1 ? event.key.toLowerCase() : event.key}`, event);
    return;
  }
  if (event.metaKey || event.ctrlKey || event.altKey) return;
  const isSingle = event.key.length === 1;
  if (isTyping(event.target) || document.querySelector('[data-modal]') !== null) return;
  if (isSingle && !areSingleKeysOn()) return;
  if (pending && event.timeStamp - pendingSince < sequenceMs) {
    const keys = `${pending} ${event.key}`;
    pending = '';
    if (tryRun(keys, event)) return;
  }
  pending = '';
  if (isSingle && startsSequence(event.key)) {
    pending = event.key;
    pendingSince = event.timeStamp;
    return;
  }
  tryRun(event.key, event);
}
