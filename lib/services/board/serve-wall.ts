import { clientNetwork } from '#lib/auth/client-address.ts';
import { toProblem } from '#lib/errors/to-problem.ts';
import { originOf } from '#lib/operations/context.ts';
import { problemResponse } from '#lib/operations/serve.ts';
import { readWall } from './read-wall.ts';

/** The board of a link as JSON, for the wall screen that shows it. Strangers with no living link get 401. */
export async function serveWall(
  request: Request,
  route: { params: Promise<{ token: string }> },
): Promise<Response> {
  try {
    const { token } = await route.params;
    const view = await readWall(token, clientNetwork(originOf(request.headers).ip));
    return Response.json(view, { headers: { 'cache-control': 'private, no-store' } });
  } catch (error) {
    return problemResponse(toProblem(error));
  }
}
