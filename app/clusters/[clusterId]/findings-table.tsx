import Link from 'next/link';
import { State } from '#components/ui/mark.tsx';
import { Bar } from '#components/ui/progress.tsx';
import { Age, ClockTime } from '#components/values/time.tsx';
import type { Finding } from '#lib/model/overview.ts';

const words = { critical: 'Critical', warning: 'Warning' } as const;

/** What is wrong, worst first, each with since when, how much of the whole, and the list behind it. */
export function FindingsTable({ findings }: { findings: readonly Finding[] }) {
  return (
    <div className="tw">
      <table className="dt two findings">
        <caption className="vh">Findings, worst first</caption>
        <thead className="vh">
          <tr>
            <th scope="col">Severity</th>
            <th scope="col">Finding</th>
            <th scope="col">Since</th>
            <th scope="col">Share</th>
            <th scope="col">Open</th>
          </tr>
        </thead>
        <tbody>
          {findings.map((finding) => (
            <tr key={finding.id}>
              <td className="w-[100px]">
                <State mark={finding.severity}>{words[finding.severity]}</State>
              </td>
              <td>
                <div className="font-semibold">{finding.title}</div>
                <div className="text-xs text-ink-3">{finding.detail}</div>
              </td>
              <td className="w-[110px] text-right">
                {finding.since ? (
                  <>
                    <ClockTime at={finding.since} />
                    <div className="text-xs text-ink-3">
                      <Age since={finding.since} />
                    </div>
                  </>
                ) : null}
              </td>
              <td className="w-[220px]">
                {finding.share ? (
                  <>
                    <div className="text-xs">{finding.share.words}</div>
                    <Bar
                      share={finding.share.part / Math.max(1, finding.share.whole)}
                      tone={finding.severity}
                      width={170}
                    />
                  </>
                ) : null}
              </td>
              <td className="w-[130px] text-right">
                <Link href={finding.href}>{finding.action}</Link>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
