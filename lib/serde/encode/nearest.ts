/** The name that was probably meant: the one with the fewest letters to change, when those are few. */
export function nearest(name: string, names: readonly string[]): string | null {
  let best: string | null = null;
  let least = (name.length < 4 ? 1 : Math.max(2, Math.floor(name.length / 3))) + 1;
  for (const each of names.slice(0, 500)) {
    if (Math.abs(each.length - name.length) >= least) continue;
    const distance = distanceOf(name.toLowerCase().slice(0, 100), each.toLowerCase().slice(0, 100));
    if (distance < least) {
      least = distance;
      best = each;
    }
  }
  return best;
}

function distanceOf(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      next[j] = Math.min((next[j - 1] ?? 0) + 1, (row[j] ?? 0) + 1, (row[j - 1] ?? 0) + same);
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
