import { formatCountOf } from '#lib/format.ts';
import type { ValueChange } from './diff-lines.ts';
import { diffLines } from './diff-lines.ts';

const signs = { '+': 'add', '−': 'del', ' ': undefined } as const;
const spoken = { '+': 'becomes', '−': 'was', ' ': 'stays' } as const;

/** Values before and after, with sign and wash, human units beside the raw value, and how many stay as they are. */
export function DiffView({
  title,
  changes,
  unchanged,
}: {
  /** `payments.captured.v2 config, 1 of 31 keys`. */
  title: string;
  changes: readonly ValueChange[];
  /** How many keys are not shown because nothing changes there. */
  unchanged?: number;
}) {
  return (
    <table className="diff">
      <caption className="vh">{title}</caption>
      <tbody>
        <tr className="fold">
          <td colSpan={4}>{title}</td>
        </tr>
        {diffLines(changes).map((line) => (
          <tr key={`${line.sign}${line.key}`} className={signs[line.sign]}>
            <td className="sign pl-3">
              <span aria-hidden="true">{line.sign}</span>
              <span className="vh">{spoken[line.sign]}</span>
            </td>
            <td className="key">{line.key}</td>
            <td>{line.value}</td>
            <td className="human">{line.human}</td>
          </tr>
        ))}
        {unchanged ? (
          <tr className="fold">
            <td colSpan={4}>{formatCountOf(unchanged, 'key', 'keys')} unchanged</td>
          </tr>
        ) : null}
      </tbody>
    </table>
  );
}
