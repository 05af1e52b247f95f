import { Mark } from '#components/ui/mark.tsx';
import { formatCountOf } from '#lib/format.ts';
import type { RuleChange } from '#lib/services/rule/import-rules.ts';

const words = { create: 'new', change: 'changed', delete: 'deleted', keep: 'as it is' } as const;

/** What becomes of each rule of a file, with the lines that differ. */
export function RuleChanges({ changes }: { changes: readonly RuleChange[] }) {
  const kept = changes.filter(({ act }) => act === 'keep').length;
  return (
    <div className="grid gap-4">
      {changes
        .filter(({ act }) => act !== 'keep')
        .map(({ name, act, before, after }) => (
          <section key={name}>
            <h3 className="font-semibold">
              {act === 'delete' ? <Mark name="critical" /> : null} {name}{' '}
              <span className="font-normal text-ink-3">{words[act]}</span>
            </h3>
            <table className="diff">
              <caption className="vh">{`${name}, ${words[act]}`}</caption>
              <tbody>
                {changedLines(before ?? '', after ?? '').map(({ sign, text }, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name but their place
                  <tr key={index} className={sign === '+' ? 'add' : 'del'}>
                    <td className="sign pl-3">
                      <span aria-hidden="true">{sign}</span>
                      <span className="vh">{sign === '+' ? 'becomes' : 'was'}</span>
                    </td>
                    <td className="whitespace-pre-wrap">{text}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        ))}
      {kept > 0 ? (
        <p className="text-ink-3">
          {formatCountOf(kept, 'rule stays', 'rules stay')} as {kept === 1 ? 'it is' : 'they are'}.
        </p>
      ) : null}
    </div>
  );
}

type Line = { sign: '+' | '−'; text: string };

/** Lines of one text that the other has not, in the order of both. Rules are short and keep their order. */
function changedLines(before: string, after: string): Line[] {
  const was = before.split('\n').filter(Boolean);
  const is = after.split('\n').filter(Boolean);
  return [
    ...was.filter((line) => !is.includes(line)).map((text): Line => ({ sign: '−', text })),
    ...is.filter((line) => !was.includes(line)).map((text): Line => ({ sign: '+', text })),
  ];
}
