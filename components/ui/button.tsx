import clsx from 'clsx';
import { LoaderCircle } from 'lucide-react';
import Link from 'next/link';
import type { AnchorHTMLAttributes, ButtonHTMLAttributes, ReactNode } from 'react';
import { Kbd } from './kbd.tsx';

type Look = {
  /** `primary` once per page; `danger` only as the last step of a plan; `danger-quiet` opens a plan; `bare` reads as a link. */
  variant?: 'default' | 'primary' | 'danger' | 'danger-quiet' | 'bare';
  size?: 'sm' | 'md' | 'lg';
  /** Only an icon: `aria-label` is then needed. */
  isSquare?: boolean;
  /** The key that does the same, drawn inside. */
  shortcut?: string;
};

function look({ variant = 'default', size = 'md', isSquare }: Look, className?: string): string {
  return clsx(
    'btn',
    variant === 'primary' && 'pri',
    variant === 'danger' && 'dang',
    variant === 'danger-quiet' && 'dang-q',
    variant === 'bare' && 'bare',
    size !== 'md' && size,
    isSquare && 'sq',
    className,
  );
}

export type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> &
  Look & { isPending?: boolean; children?: ReactNode };

/** A button says a verb and its object. While `isPending` it stays focusable, but does nothing more. */
export function Button({
  variant,
  size,
  isSquare,
  shortcut,
  isPending,
  className,
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={look({ variant, size, isSquare }, className)}
      aria-disabled={isPending || rest['aria-disabled']}
      data-pending={isPending ? '' : undefined}
      onClick={isPending ? (event) => event.preventDefault() : rest.onClick}
    >
      {isPending ? <LoaderCircle className="ic spin" aria-hidden="true" /> : null}
      {children}
      {shortcut ? <Kbd isHidden>{shortcut}</Kbd> : null}
    </button>
  );
}

export type ButtonLinkProps = AnchorHTMLAttributes<HTMLAnchorElement> &
  Look & { href: string; children?: ReactNode };

/** A link that looks like a button: it goes somewhere and changes nothing. */
export function ButtonLink({
  variant,
  size,
  isSquare,
  shortcut,
  className,
  children,
  ...rest
}: ButtonLinkProps) {
  return (
    <Link {...rest} className={look({ variant, size, isSquare }, className)}>
      {children}
      {shortcut ? <Kbd isHidden>{shortcut}</Kbd> : null}
    </Link>
  );
}

/** A square button with an icon; `label` is its name and its tip. */
export function IconButton({ label, children, ...rest }: Omit<ButtonProps, 'isSquare'> & { label: string }) {
  return (
    <Button {...rest} isSquare aria-label={label} title={label}>
      {children}
    </Button>
  );
}
