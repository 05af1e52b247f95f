import type { DataValue } from './decode-plan.ts';

/** Makes `key` an own property whatever it is called: assigning to `__proto__` would change what the object is. */
export function setOwn(target: { [key: string]: DataValue }, key: string, value: DataValue): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
  } else target[key] = value;
}
