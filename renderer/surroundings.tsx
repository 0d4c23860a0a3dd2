import type { ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components';
import { type Platform, PlatformContext } from './ui/keys.ts';
import { LanguageContext } from './ui/moments.ts';

/** Language and platform for everything below. */
export function Surroundings(props: { language: string; platform: Platform; children: ReactNode }) {
  return (
    <LanguageContext value={props.language}>
      <PlatformContext value={props.platform}>
        <I18nProvider locale={props.language}>{props.children}</I18nProvider>
      </PlatformContext>
    </LanguageContext>
  );
}
