import type { ReactNode } from 'react';
import { CopyButton } from './copy-button.tsx';

/** Text of a machine in a well. `copy` puts a copy button at its corner. */
export function CodeBlock({
  children,
  copy,
  label,
  isWrapped = true,
}: {
  children: ReactNode;
  copy?: string;
  label: string;
  isWrapped?: boolean;
}) {
  return (
    <div className="relative">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: text that scrolls must be reached by the keyboard */}
      <section className={isWrapped ? 'code wrapx' : 'code'} tabIndex={0} aria-label={label}>
        {children}
      </section>
      {copy === undefined ? null : (
        <span className="absolute top-1 right-1 rounded-sm bg-sunken">
          <CopyButton text={copy} label={`Copy ${label}`} />
        </span>
      )}
    </div>
  );
}
