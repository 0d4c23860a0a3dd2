import { act, cleanup, configure, render } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import type { ReactElement } from 'react';
import { afterEach, type Mock, vi } from 'vitest';
import { ProgramProvider } from '../../../renderer/program.tsx';
import { ShellContext, type ShellActs } from '../../../renderer/shell-acts.ts';
import { mirrorOf } from '../../../renderer/store.ts';
import type { FakeMain } from './fake-main.ts';

afterEach(cleanup);
// Working out what is hidden costs jsdom seconds on a page with a table of boxes; dialogs are searched by themselves.
configure({ defaultHidden: true });

vi.setConfig({ testTimeout: 20_000 });

// jsdom has no CSS.escape; react-aria's dialogs look for a meta element with it.
vi.stubGlobal('CSS', { escape: (value: string) => value });

export type Spies = { [K in keyof ShellActs]: Mock<ShellActs[K]> };

/** Draws a room as the shell does, once main has said what it knows. */
export async function drawn(main: FakeMain, room: ReactElement): Promise<{ user: UserEvent; shell: Spies }> {
  const mirror = mirrorOf(main.client);
  await mirror.refresh();
  const shell: Spies = {
    openWizard: vi.fn(),
    go: vi.fn(),
    show: vi.fn(),
    copyToken: vi.fn(),
    tell: vi.fn(),
    tellDone: vi.fn(),
    setPassphrase: vi.fn(),
    lock: vi.fn(),
    say: vi.fn(),
  };
  await act(async () => {
    render(
      <ProgramProvider client={main.client} mirror={mirror}>
        <ShellContext value={shell}>{room}</ShellContext>
      </ProgramProvider>,
    );
    await Promise.resolve();
  });
  return { user: userEvent.setup({ delay: null }), shell };
}

/** Keys are pasted, as a person does. */
export async function fill(user: UserEvent, field: HTMLElement, value: string): Promise<void> {
  await user.click(field);
  await user.paste(value);
}

/** Everything a copy of the page would carry: markup with its attributes, and what the fields hold. */
export function everythingOnThePage(): string {
  const held = [...document.querySelectorAll('input')].map((input) => input.value).join('\n');
  return `${document.documentElement.outerHTML}\n${held}`;
}
