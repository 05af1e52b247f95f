/** A number with its unit small and grey after it. */
export function Quantity({ value, unit }: { value: string; unit?: string }) {
  if (value === '0' && !unit) return <span className="nil">0</span>;
  return (
    <>
      {value === '0' ? <span className="nil">0</span> : value}
      {unit ? <span className="u">{unit}</span> : null}
    </>
  );
}

/** Nothing is known: a dashed ring and a word, never a dash and never a zero. */
export function Unknown({ children = 'Unknown' }: { children?: string }) {
  return (
    <span className="st unknown">
      <svg className="mk unknown" viewBox="0 0 10 10" aria-hidden="true">
        <use href="#k-unknown" />
      </svg>
      {children}
    </span>
  );
}

/** A name that people chose: mono, clipped in its middle so that the version at its end stays. */
export function Name({ head, tail, title }: { head: string; tail?: string; title?: string }) {
  if (!tail) return <span className="name">{head}</span>;
  return (
    <span className="name clip-mid" title={title ?? head + tail}>
      <span>{head}</span>
      <span>{tail}</span>
    </span>
  );
}
