// @vitest-environment jsdom
import { act, cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Button } from '../../../renderer/ui/button.tsx';
import { SayContext } from '../../../renderer/ui/busy.ts';
import { CheckBox } from '../../../renderer/ui/check-box.tsx';
import { Countdown } from '../../../renderer/ui/countdown.tsx';
import { LifeBar } from '../../../renderer/ui/life-bar.tsx';
import { lifeOf, tileOf } from '../../../renderer/ui/looks.ts';
import { ProblemNote } from '../../../renderer/ui/problem-note.tsx';
import { Segments } from '../../../renderer/ui/segments.tsx';
import { TextField } from '../../../renderer/ui/text-field.tsx';
import { connection, minute, nowMs, provider, teamgantt } from '../connections/window.tsx';

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});
const user = userEvent.setup();
const nothing = (): void => undefined;

describe('a button', () => {
  it('that is not available stays reachable, says why, and does nothing', async () => {
    const press = vi.fn();
    render(
      <Button unavailable="Sign in again first." onPress={press}>
        Copy
      </Button>,
    );
    await user.tab();
    const button = screen.getByRole('button', { name: 'Copy' });
    expect(document.activeElement).toBe(button);
    expect(button.getAttribute('aria-disabled')).toBe('true');
    expect(screen.getByRole('tooltip').textContent).toBe('Sign in again first.');
    await user.keyboard('{Enter}');
    expect(press).not.toHaveBeenCalled();
  });

  it('that is busy keeps its words and takes no second press', async () => {
    const press = vi.fn();
    render(
      <Button busy onPress={press}>
        Renew now
      </Button>,
    );
    await user.click(screen.getByRole('button', { name: 'Renew now' }));
    expect(press).not.toHaveBeenCalled();
    expect(screen.getByRole('button', { name: 'Renew now' }).getAttribute('aria-disabled')).toBe('true');
  });

  it('says once that it went to work when it was pressed, and nothing when work came by itself', async () => {
    const say = vi.fn();
    const button = (busy: boolean) => (
      <SayContext value={say}>
        <Button busy={busy}>Renew now</Button>
      </SayContext>
    );
    const { rerender } = render(button(false));
    rerender(button(true));
    rerender(button(false));
    expect(say).not.toHaveBeenCalled();
    await user.click(screen.getByRole('button', { name: 'Renew now' }));
    rerender(button(true));
    expect(say.mock.calls).toEqual([['Renew now: one moment…']]);
    // React Aria's own announcer leaves pictures without a name behind.
    expect(document.querySelectorAll('[role="img"]:not([aria-label])')).toHaveLength(0);
  });
});

describe('a text field', () => {
  it('ties the line below to the field, and calls it invalid when it is', () => {
    render(<TextField label="Region" value="x" onChange={nothing} bad="There is no such region." />);
    const field = screen.getByRole('textbox', { name: 'Region' });
    expect(field.getAttribute('aria-invalid')).toBe('true');
    const described = field.getAttribute('aria-describedby')?.split(' ') ?? [];
    expect(described.map((id) => document.getElementById(id)?.textContent)).toContain('There is no such region.');
  });
});

describe('choices', () => {
  it('are a check box that can be mixed, and segments that are radio buttons', async () => {
    const check = vi.fn();
    const choose = vi.fn();
    render(
      <>
        <CheckBox chosen={false} mixed onChange={check}>
          All of Jobs
        </CheckBox>
        <Segments
          label="Region"
          options={[
            { id: 'global', words: 'Global' },
            { id: 'au', words: 'Australia' },
          ]}
          chosen="global"
          onChoose={choose}
        />
      </>,
    );
    await user.click(screen.getByRole('checkbox', { name: 'All of Jobs' }));
    expect(check).toHaveBeenCalledWith(true);
    await user.click(screen.getByRole('radio', { name: 'Australia' }));
    expect(choose).toHaveBeenCalledWith('au');
  });
});

describe('a problem', () => {
  it('is a sentence and a next step; protocol words wait in the details', async () => {
    render(
      <ProblemNote
        problem={{ code: 'wrong_password', facts: { name: 'TeamGantt', status: 401, providerCode: 'invalid_grant' } }}
      />,
    );
    const alert = screen.getByRole('alert');
    expect(alert.textContent).toContain('TeamGantt did not accept this name and password');
    expect(screen.getByText('invalid_grant').closest('[hidden]')).not.toBeNull();
    await user.click(screen.getByRole('button', { name: 'Details' }));
    expect(screen.getByText('invalid_grant').closest('[hidden]')).toBeNull();
  });
});

describe('time', () => {
  it('is told as figures and units that change with the shared second', () => {
    vi.useFakeTimers({ now: nowMs });
    const { container } = render(<Countdown untilMs={nowMs + 4 * minute + 10_000} label="4 minutes left" />);
    expect(container.textContent).toBe('4m10s4 minutes left');
    act(() => {
      vi.advanceTimersByTime(1000);
    });
    expect(container.textContent).toBe('4m09s4 minutes left');
  });

  it('is drawn with a ring where it renews by itself and a post where a person must come', () => {
    expect(lifeOf(connection({ id: 'x' }), nowMs)).toMatchObject({ kind: 'ring' });
    expect(lifeOf(connection({ id: 'x', renewable: false, renewsAtMs: null }), nowMs)).toMatchObject({ kind: 'post' });
    expect(lifeOf(connection({ id: 'x', expiresAtMs: null }), nowMs)).toEqual({ kind: 'unknown' });
    expect(lifeOf(connection({ id: 'x', condition: 'renewing' }), nowMs)).toEqual({ kind: 'renewing' });
    expect(
      lifeOf(connection({ id: 'x', renewable: false, renewsAtMs: null, expiresAtMs: nowMs - minute }), nowMs),
    ).toEqual({ kind: 'ended' });
  });

  it('moves in a row only by steps that can be seen, and in the detail with every second', () => {
    const drawn = (now: number, size: 'row' | 'wide'): string =>
      render(<LifeBar life={{ kind: 'post', now }} size={size} />).container.innerHTML;
    expect(drawn(0.5, 'row')).toBe(drawn(0.5005, 'row'));
    expect(drawn(0.5, 'row')).not.toBe(drawn(0.503, 'row'));
    expect(drawn(0.5, 'wide')).not.toBe(drawn(0.5005, 'wide'));
  });
});

describe('a tile', () => {
  it('wears the system’s letters, heather in practice, and the label’s own for another system', () => {
    expect(tileOf(teamgantt, { realm: 'vault', label: 'x' })).toEqual({ letters: 'Te', hue: 'teamgantt' });
    expect(tileOf(teamgantt, { realm: 'practice', label: 'x' })).toEqual({ letters: 'Te', hue: 'practice' });
    const other = provider({ id: 'other', name: 'Other', hue: 'other' });
    expect(tileOf(other, { realm: 'vault', label: 'Staging sign-on' })).toEqual({ letters: 'Ss', hue: 'other' });
    expect(tileOf(other, { realm: 'vault', label: 'warehouse' })).toEqual({ letters: 'Wa', hue: 'other' });
  });
});
