import { LonePage } from '#components/feedback/lone-page.tsx';
import { ButtonLink } from '#components/ui/button.tsx';
import { paths } from '#lib/paths.ts';

export const metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <LonePage
      title="Nothing stands at this address."
      actions={
        <ButtonLink variant="primary" href={paths.fleet()}>
          Open the fleet
        </ButtonLink>
      }
    >
      What stood here was renamed or deleted, or the address is not complete.
    </LonePage>
  );
}
