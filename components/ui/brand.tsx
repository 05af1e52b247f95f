/** The mark of Millrace: two banks, the race dipping between them, the wheel resting in it. Never in a container, never moving. */
export function BrandMark({ size = 20 }: { size?: number }) {
  return (
    <svg viewBox="0 0 24 24" width={size} height={size} aria-hidden="true">
      <path d="M3 3.5V20.5M21 3.5V20.5" stroke="currentColor" strokeWidth="2.4" fill="none" />
      <path
        d="M3 4.6C7.2 4.6 6.6 16.8 12 16.8S16.8 4.6 21 4.6"
        stroke="currentColor"
        strokeWidth="2.4"
        fill="none"
      />
      <circle cx="12" cy="8" r="3.3" fill="var(--color-water)" />
    </svg>
  );
}
