import { lazy, type ReactNode, useState } from 'react';
import { AccountEntry } from '../account/account.entry.tsx';
import { useGo } from '../address/use.go.ts';
import { GotoBox } from '../goto/goto.box.tsx';
import { KeyboardHelp } from '../keyboard/keyboard.help.tsx';
import { useKeys } from '../keyboard/use.keys.ts';
import { SettingsMenu } from '../settings/settings.menu.tsx';
import { Footer } from './footer.tsx';
import { Header } from './header.tsx';
import { Optional } from './optional.tsx';
import { useDeferred } from './use.deferred.ts';
import { useScrollMemory } from './use.scroll.memory.ts';
import './notice.css';
import './shell.css';

const StudyShell = lazy(() => import('../study/study.shell.tsx'));

/** The frame of every page. */
export function Shell({ children }: { readonly children: ReactNode }): ReactNode {
  const [help, setHelp] = useState(false);
  const go = useGo();
  const later = useDeferred();
  useScrollMemory();
  useKeys({ help: () => setHelp(true), home: () => go('/') });
  return (
    <>
      <a className="skip" href="#main">
        Skip to the text
      </a>
      <Header>
        <GotoBox />
        <SettingsMenu onHelp={() => setHelp(true)} />
        <AccountEntry />
      </Header>
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      <Footer onHelp={() => setHelp(true)} />
      {later ? (
        <Optional>
          <StudyShell />
        </Optional>
      ) : null}
      {help ? <KeyboardHelp onClose={() => setHelp(false)} /> : null}
    </>
  );
}
