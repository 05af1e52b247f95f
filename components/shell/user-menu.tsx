'use client';

import Link from 'next/link';
import { Kbd } from '#components/ui/kbd.tsx';
import { Menu, MenuCheck, MenuHeading, MenuItem, MenuLink, MenuSeparator } from '#components/ui/menu.tsx';
import type { ThemeChoice } from '#components/ui/use-theme.ts';
import { useTheme } from '#components/ui/use-theme.ts';
import type { Principal } from '#lib/model/principal.ts';
import { paths } from '#lib/paths.ts';
import { useShell } from './shell-context.tsx';

export type UserMenuProps = { principal: Pick<Principal, 'name' | 'email' | 'role'>; onSignOut?: () => void };

const themes: readonly (readonly [ThemeChoice, string])[] = [
  ['system', 'Like the machine'],
  ['light', 'Light'],
  ['dark', 'Dark'],
];

/** Who is signed in, light or dark, the list of keys, and the way out. */
export function UserMenu({ principal, onSignOut }: UserMenuProps) {
  const { openKeys } = useShell();
  const [theme, setTheme] = useTheme();
  return (
    <div className="me">
      <Menu
        align="start"
        width={220}
        trigger={
          <button type="button">
            {principal.name}, {principal.role}
          </button>
        }
      >
        <MenuHeading>{principal.email}</MenuHeading>
        {themes.map(([value, label]) => (
          <MenuCheck key={value} isChecked={theme === value} onChange={() => setTheme(value)}>
            {label}
          </MenuCheck>
        ))}
        <MenuSeparator />
        <MenuLink>
          <Link href={paths.sessions()}>Your sessions</Link>
        </MenuLink>
        <MenuLink>
          <Link href={paths.tokens()}>Access tokens</Link>
        </MenuLink>
        {onSignOut ? (
          <>
            <MenuSeparator />
            <MenuItem onSelect={onSignOut}>Sign out</MenuItem>
          </>
        ) : null}
      </Menu>
      <button type="button" aria-label="All keys" title="All keys" onClick={openKeys}>
        <Kbd isHidden>?</Kbd>
      </button>
    </div>
  );
}
