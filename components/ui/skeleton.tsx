/** A grey bar where text will stand. Appears after 150 ms, so that a quick answer does not flicker. */
export function Bone({ width, className }: { width: number | string; className?: string }) {
  return <span className={className ? `bone ${className}` : 'bone'} style={{ width }} aria-hidden="true" />;
}
