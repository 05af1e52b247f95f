import type { ReactNode } from 'react';
import { useId } from 'react';

/** A section: a title on a rule, a grey note beside it, links at its right end. */
export function Bank({
  title,
  note,
  end,
  children,
  className,
  isPadded = false,
  id,
}: {
  title: ReactNode;
  note?: ReactNode;
  end?: ReactNode;
  children?: ReactNode;
  className?: string;
  isPadded?: boolean;
  id?: string;
}) {
  const own = useId();
  const heading = id ? `${id}-title` : own;
  return (
    <section className={className ? `bank ${className}` : 'bank'} aria-labelledby={heading} id={id}>
      <header>
        <h2 id={heading}>{title}</h2>
        {note ? <span className="note">{note}</span> : null}
        {end ? <span className="end">{end}</span> : null}
      </header>
      {isPadded ? <div className="in">{children}</div> : children}
    </section>
  );
}

/**
 * Head of a page: title (a chosen name in mono, or the verdict), a tag, one line of facts joined by middle dots, up to three actions
 * with the primary last.
 */
export function PageHead({
  title,
  kind = 'title',
  tag,
  facts = [],
  actions,
}: {
  title: ReactNode;
  kind?: 'title' | 'name' | 'verdict';
  tag?: ReactNode;
  facts?: readonly ReactNode[];
  actions?: ReactNode;
}) {
  const shown = facts.filter((fact) => fact !== null && fact !== undefined && fact !== false && fact !== '');
  return (
    <div className="head">
      <div>
        <h1 className={kind === 'name' ? 'mono' : kind === 'verdict' ? 'verdict' : undefined}>
          {title}
          {tag}
        </h1>
        {shown.length > 0 ? (
          <div className="facts">
            {shown.map((fact, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: facts have no identity but their place in the line
              <span key={index}>{fact}</span>
            ))}
          </div>
        ) : null}
      </div>
      {actions ? <div className="acts">{actions}</div> : null}
    </div>
  );
}

export type Gauge = {
  label: string;
  value: ReactNode;
  /** Unit or a short remark, small and grey. */
  note?: ReactNode;
  mark?: ReactNode;
};

/** Key numbers of a page as one ruled line. */
export function Gauges({ gauges }: { gauges: readonly Gauge[] }) {
  return (
    <dl className="gauges">
      {gauges.map((gauge) => (
        <div key={gauge.label}>
          <dt>{gauge.label}</dt>
          <dd>
            {gauge.mark}
            <span>{gauge.value}</span>
            {gauge.note ? <small>{gauge.note}</small> : null}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Names and values, ruled. */
export function KeyValues({
  items,
  className,
}: {
  items: readonly (readonly [label: string, value: ReactNode])[];
  className?: string;
}) {
  return (
    <dl className={className ? `kv ${className}` : 'kv'}>
      {items.map(([label, value]) => [<dt key={`${label} name`}>{label}</dt>, <dd key={label}>{value}</dd>])}
    </dl>
  );
}
