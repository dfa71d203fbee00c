import type { ProvidersResponse } from '@gospelib/contracts';
import type { ReactNode } from 'react';
import { cameBackPath } from '../../address/account.address.ts';
import { type Request, useResource } from '../../resource/use.resource.ts';
import { accountApi } from '../../session/account.api.ts';
import { ActButton } from '../act.button.tsx';

const providers: Request<ProvidersResponse> = {
  key: 'providers',
  load: (signal) => accountApi.providers({ signal }),
};

/** Buttons for other ways to sign in; nothing when there are none. */
export function ProviderButtons({ to }: { readonly to: string | undefined }): ReactNode {
  const known = useResource(providers);
  if (known.status !== 'ready' || known.value.providers.length === 0) return null;
  return (
    <div className="sheet-providers">
      <p className="label">or</p>
      {known.value.providers.map(({ id, name }) => (
        <ActButton
          key={id}
          label={`Continue with ${name}`}
          act={async () => {
            const returnTo = cameBackPath(to);
            const { url } = await accountApi.signInElsewhere({ provider: id, returnTo });
            location.assign(url);
            return `Going to ${name}…`;
          }}
        />
      ))}
    </div>
  );
}
