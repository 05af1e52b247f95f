import { PlatformProblem } from '../problem.ts';
import { brokerIds, type PlatformSettings, platformPorts } from '../settings.ts';
import { brokerPart } from './broker.ts';
import { connectPart } from './connect.ts';
import type { Part, PlatformContext } from './part.ts';
import { registryPart } from './registry.ts';

export type Platform = {
  context: PlatformContext;
  brokers: Part[];
  connect: Part;
  registry: Part;
  all: Part[];
};

/** Every part of a platform, in the order in which they are started. */
export function describePlatform(settings: PlatformSettings): Platform {
  const context = { settings, ports: platformPorts(settings.basePort) };
  const brokers = brokerIds.map((id) => brokerPart(context, id));
  const connect = connectPart(context);
  const registry = registryPart(context);
  return { context, brokers, connect, registry, all: [...brokers, registry, connect] };
}

/** The part of that name; throws a sentence that lists the names when there is none. */
export function partNamed(platform: Platform, name: string): Part {
  const part = platform.all.find((candidate) => candidate.name === name);
  if (part) return part;
  const names = platform.all.map((candidate) => candidate.name).join(', ');
  throw new PlatformProblem(`There is no part "${name}"; the parts are ${names}.`);
}

/** The broker of that id, given as a person types it. */
export function brokerNamed(platform: Platform, id: string | undefined): Part {
  const part = platform.brokers.find((candidate) => candidate.name === `broker-${id}`);
  if (part) return part;
  throw new PlatformProblem(
    `Say which broker: ${brokerIds.join(', ')}${id ? ` ("${id}" is none of them)` : ''}.`,
  );
}
