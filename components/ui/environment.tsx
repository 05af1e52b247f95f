/** Pattern, word and colour of a cluster's surroundings. */
export type EnvironmentName = 'production' | 'staging' | 'development';

const words: Record<EnvironmentName, string> = {
  production: 'Production',
  staging: 'Staging',
  development: 'Development',
};

/** The chip: in the switcher, the palette and every dialog that writes. */
export function EnvChip({ environment }: { environment: EnvironmentName }) {
  return <span className={`env ${environment}`}>{words[environment]}</span>;
}

/** The band of 4 px that stands on top of every page of a cluster and on the edge of a dialog that writes. */
export function EnvBand({ environment }: { environment: EnvironmentName }) {
  return <div className={`band ${environment}`} aria-hidden="true" />;
}
