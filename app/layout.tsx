import type { Metadata, Viewport } from 'next';
import localFont from 'next/font/local';
import { cookies, headers } from 'next/headers';
import type { ReactNode } from 'react';
import { Providers } from '#components/shell/providers.tsx';
import { MarkSprite } from '#components/ui/mark.tsx';
import { themeCookie, themeScript, zoneCookie } from '#components/ui/theme.ts';
import { env } from '#lib/env.ts';
import './globals.css';

const sans = localFont({
  src: '../node_modules/@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2',
  weight: '200 800',
  variable: '--face-sans',
  display: 'swap',
});
const sansExtended = localFont({
  src: '../node_modules/@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-ext-wght-normal.woff2',
  weight: '200 800',
  variable: '--face-sans-ext',
  display: 'swap',
  preload: false,
  adjustFontFallback: false,
  declarations: [
    {
      prop: 'unicode-range',
      value:
        'U+0100-02BA, U+02BD-02C5, U+02C7-02CC, U+02CE-02D7, U+02DD-02FF, U+1D00-1DBF, U+1E00-1E9F, U+1EF2-1EFF, U+20A0-20AB, U+20AD-20C0, U+2C60-2C7F, U+A720-A7FF',
    },
  ],
});
const mono = localFont({
  src: '../node_modules/@fontsource-variable/spline-sans-mono/files/spline-sans-mono-latin-wght-normal.woff2',
  weight: '300 700',
  variable: '--face-mono',
  display: 'swap',
  adjustFontFallback: false,
});
const monoExtended = localFont({
  src: '../node_modules/@fontsource-variable/spline-sans-mono/files/spline-sans-mono-latin-ext-wght-normal.woff2',
  weight: '300 700',
  variable: '--face-mono-ext',
  display: 'swap',
  preload: false,
  adjustFontFallback: false,
  declarations: [
    {
      prop: 'unicode-range',
      value:
        'U+0100-02BA, U+02BD-02C5, U+02C7-02CC, U+02CE-02D7, U+02DD-02FF, U+1D00-1DBF, U+1E00-1E9F, U+1EF2-1EFF, U+20A0-20AB, U+20AD-20C0, U+2C60-2C7F, U+A720-A7FF',
    },
  ],
});

/** Every page is somebody's: nothing is drawn while building. */
export const dynamic = 'force-dynamic';

/** Addresses of pictures in links that are shared begin with the public origin, which is known once the server runs. */
export async function generateMetadata(): Promise<Metadata> {
  await headers();
  return {
    metadataBase: env().publicOrigin,
    title: { default: 'Millrace', template: '%s · Millrace' },
    description: 'Open control center for Apache Kafka and what stands around it',
    icons: { icon: [{ url: '/mark.svg', type: 'image/svg+xml' }], apple: '/icon.png' },
    openGraph: { title: 'Millrace', images: ['/og.png'] },
    robots: { index: false, follow: false },
  };
}

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f1f5f6' },
    { media: '(prefers-color-scheme: dark)', color: '#0a1114' },
  ],
};

/** A zone that the machine knows, or UTC: the cookie comes from outside. */
function zoneFrom(cookie: string | undefined): string {
  try {
    const zone = decodeURIComponent(cookie ?? 'UTC');
    return new Intl.DateTimeFormat('en-GB', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  const chosen = jar.get(themeCookie)?.value;
  const nonce = head.get('x-nonce') ?? undefined;
  return (
    <html
      lang="en"
      data-theme={chosen === 'dark' ? 'dark' : 'light'}
      className={`${sans.variable} ${sansExtended.variable} ${mono.variable} ${monoExtended.variable}`}
      suppressHydrationWarning
    >
      <head>
        <script
          nonce={nonce}
          suppressHydrationWarning
          // biome-ignore lint/security/noDangerouslySetInnerHtml: our own constant text, before the first paint
          dangerouslySetInnerHTML={{ __html: themeScript }}
        />
      </head>
      <body>
        <MarkSprite />
        <Providers zone={zoneFrom(jar.get(zoneCookie)?.value)} serverNow={Date.now()}>
          {children}
        </Providers>
      </body>
    </html>
  );
}
