/**
 * The stylesheet that the toast library writes into the page, empty at first and then whole. It knows no nonces; the policy
 * names exactly these two texts. A test compares them with the installed version.
 */
export const toastStyles = [
  'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
  'sha256-StEaX+se6YS7pqjzrzMIA0KaX9zF/8zAhvQXZAe5epY=',
] as const;

/**
 * Headers of every answer (R24). The policy lets a page run only scripts that carry this answer's nonce and what those load;
 * styles may stand in attributes, because charts and floating panels place themselves with them, but not in elements.
 */
export type HeaderSettings = {
  nonce: string;
  isHttps: boolean;
  /** `next dev` evaluates code and injects styles; never in production. */
  isDevelopment: boolean;
};

export function contentSecurityPolicy({ nonce, isHttps, isDevelopment }: HeaderSettings): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    isDevelopment
      ? "style-src 'self' 'unsafe-inline'"
      : `style-src 'self' 'nonce-${nonce}' ${toastStyles.map((hash) => `'${hash}'`).join(' ')}`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${isDevelopment ? ' ws:' : ''}`,
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
    ...(isHttps ? ['upgrade-insecure-requests'] : []),
  ].join('; ');
}

/** The headers that do not depend on the answer. */
export function securityHeaders(settings: HeaderSettings): Record<string, string> {
  return {
    'content-security-policy': contentSecurityPolicy(settings),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy':
      'accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()',
    ...(settings.isHttps ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  };
}
