import type { Metadata } from 'next';
import Link from 'next/link';
import { CodeBlock } from '#components/ui/code-block.tsx';
import { Bank } from '#components/ui/section.tsx';
import { Tag } from '#components/ui/tag.tsx';
import { permissions } from '#lib/model/permission.ts';
import { viewerOfPage } from '#lib/operations/ask.ts';
import { paths } from '#lib/paths.ts';
import { apiEndpoints } from '#lib/services/api/read-api.ts';
import { SettingsPage } from '../settings-page.tsx';

export const metadata: Metadata = { title: 'API' };

export default async function ApiPage() {
  const viewer = await viewerOfPage();
  const { origin, endpoints } = apiEndpoints();
  return (
    <SettingsPage face="api" viewer={viewer}>
      <div className="max-w-[68ch] text-base">
        <p>
          Every page is drawn from these GETs. Scripts read them with a{' '}
          <Link href={paths.tokens()}>personal access token</Link>; what goes wrong comes as{' '}
          <code>application/problem+json</code> with the same sentences as on the pages. 64-bit numbers are
          decimal text, times are ISO 8601.
        </p>
      </div>
      <Bank title="Try it" isPadded>
        <CodeBlock
          label="curl"
          copy={`curl -H "Authorization: Bearer $TOKEN" ${origin}/api/v1/clusters`}
        >{`curl -H 'Authorization: Bearer mlr_…' '${origin}/api/v1/clusters'`}</CodeBlock>
        <p className="mt-2">
          <a href="/api/v1/openapi.json">OpenAPI 3.1 description</a>
        </p>
      </Bank>
      <Bank title="Endpoints" note={`${endpoints.length}, all GET`}>
        <div className="tw">
          <table className="dt two">
            <caption className="vh">Endpoints of the API</caption>
            <thead>
              <tr>
                <th scope="col">Path</th>
                <th scope="col">What it answers</th>
                <th scope="col">Parameters</th>
                <th scope="col">Least role</th>
              </tr>
            </thead>
            <tbody>
              {endpoints.map((endpoint) => (
                <tr key={endpoint.path}>
                  <td className="name">{endpoint.path}</td>
                  <td className="whitespace-normal!">{endpoint.summary}</td>
                  <td className="whitespace-normal!">
                    {endpoint.parameters.length === 0 ? <span className="text-ink-3">None</span> : null}
                    {endpoint.parameters.map((name) => (
                      <span key={name} className="mr-1 inline-block">
                        <Tag>{name}</Tag>
                      </span>
                    ))}
                  </td>
                  <td>{permissions[endpoint.permission]}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Bank>
    </SettingsPage>
  );
}
