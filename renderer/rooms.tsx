import { type ComponentType, lazy, Suspense } from 'react';

/**
 * What the first paint does not need: the list of connections stands before any of these is read. Each is a file of its
 * own in the built window, read when it is first shown; main serves it from the same archive, so that is a matter of
 * milliseconds and nothing is drawn meanwhile.
 */
function later<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  const Loaded = lazy(async () => ({ default: await load() }));
  return function Room(props: P) {
    return (
      <Suspense>
        <Loaded {...props} />
      </Suspense>
    );
  };
}

export const Apps = later(async () => (await import('./features/apps/apps.tsx')).Apps);
export const Diagnose = later(async () => (await import('./features/diagnose/diagnose.tsx')).Diagnose);
export const Settings = later(async () => (await import('./features/settings/settings.tsx')).Settings);
export const Timeline = later(async () => (await import('./features/timeline/timeline.tsx')).Timeline);
export const Wizard = later(async () => (await import('./features/connect/wizard.tsx')).Wizard);
