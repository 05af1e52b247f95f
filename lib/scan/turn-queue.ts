/** A queue in which owners take turns: each owner's items keep their order, and no owner waits for all of another's. */
export class TurnQueue<T> {
  private readonly byOwner = new Map<unknown, T[]>();

  /** Items of all owners. */
  get size(): number {
    let size = 0;
    for (const items of this.byOwner.values()) size += items.length;
    return size;
  }

  push(owner: unknown, item: T): void {
    const items = this.byOwner.get(owner);
    if (items) items.push(item);
    else this.byOwner.set(owner, [item]);
  }

  /** The next item of the owner whose turn it is; that owner goes to the end of the line. */
  shift(): T | undefined {
    const turn = this.byOwner.entries().next();
    if (turn.done) return undefined;
    const [owner, items] = turn.value;
    const item = items.shift();
    this.byOwner.delete(owner);
    if (items.length > 0) this.byOwner.set(owner, items);
    return item;
  }

  /** Takes an item back; false when it is no longer there. */
  remove(owner: unknown, item: T): boolean {
    const items = this.byOwner.get(owner);
    const at = items?.indexOf(item) ?? -1;
    if (!items || at < 0) return false;
    items.splice(at, 1);
    if (items.length === 0) this.byOwner.delete(owner);
    return true;
  }
}
