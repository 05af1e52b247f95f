/** A page nobody has touched for this long polls on its own account: that does not keep the session alive. */
const untouchedAfterMs = 5 * 60_000;

let touchedAt = 0;

if (typeof window !== 'undefined') {
  touchedAt = performance.now();
  const touch = () => {
    touchedAt = performance.now();
  };
  for (const event of ['pointerdown', 'keydown', 'wheel', 'touchstart'])
    window.addEventListener(event, touch, { passive: true });
}

/** Whether the person has left the page alone for five minutes. */
export const isUntouched = (): boolean => performance.now() - touchedAt > untouchedAfterMs;
