// @vitest-environment jsdom
import { act, fireEvent, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { maskedAddress } from '../../../renderer/features/connect/masked-address.ts';
import { everythingOnThePage, fill } from './drawn.tsx';
import { failed } from './fake-main.ts';
import { atBrowserStart, atCompanyStart, type WizardAt } from './wizard-at.tsx';

const landed = 'https://partner.example/back?state=st-marker&code=9fQ-marker-of-a-code';
const minute = 60_000;

async function waiting(): Promise<WizardAt> {
  const at = await atBrowserStart();
  await at.press('Sign in with the browser');
  await screen.findByRole('heading', { name: 'Go on in your browser' });
  return at;
}

/** T-Gate's browser is out for a company. */
async function waitingForCompany(): Promise<WizardAt> {
  const at = await atCompanyStart();
  await fill(at.user, screen.getByLabelText('Company'), 'Harbour Grill Co.');
  await at.press('Wait for the company’s browser');
  await screen.findByRole('heading', { name: 'Waiting for Harbour Grill Co.' });
  return at;
}

/** A code came that nobody vouches for, `secondsLeft` before its end. */
async function codeCame(secondsLeft = 552): Promise<WizardAt> {
  const at = await waitingForCompany();
  const codeEndsAtMs = Date.now() + secondsLeft * 1000;
  const codeReceivedAtMs = codeEndsAtMs - 10 * minute;
  act(() => at.main.out({ stage: 'confirming', endsAtMs: null, codeReceivedAtMs, codeEndsAtMs }));
  await screen.findByRole('heading', { name: 'The code is here' });
  return at;
}

const pasteField = () => screen.getByLabelText<HTMLInputElement>(/^Address you landed on/);

describe('signing in through the browser', () => {
  it('says what will happen before anything is sent, and then is one press', async () => {
    const at = await atBrowserStart();
    expect(screen.getByText(/Your browser opens at Taskade\. .*comes back to this program by itself/)).toBeTruthy();
    expect(screen.getByText('http://127.0.0.1:24816/taskade')).toBeTruthy();
    expect(screen.getByText('In the browser')).toBeTruthy();
    await at.press('Sign in with the browser');
    await screen.findByRole('heading', { name: 'Go on in your browser' });
    expect(at.main.of('drafts.connect')).toEqual([{ draftId: 'd1' }]);
    act(() => at.main.out({ stage: 'exchanging', endsAtMs: null }));
    await screen.findByRole('heading', { name: 'Almost there' });
    act(() => at.main.comeBack());
    await screen.findByRole('heading', { name: 'Harbour Crew is kept' });
    expect(screen.getByText(/Taskade does not say how long it keeps the sign-in/)).toBeTruthy();
  });

  it('is told by stage, once each, and never by the second', async () => {
    const at = await waiting();
    expect(document.querySelector('.out-card .time > [aria-hidden]')?.textContent).toMatch(/^[45]m/);
    expect(document.querySelector('.out-card [aria-live], .out-card [role="status"]')).toBeNull();
    act(() => at.main.out({ strays: 1 }));
    act(() => at.main.out({ strays: 2 }));
    act(() => at.main.out({ stage: 'exchanging' }));
    expect(at.shell.say.mock.calls).toEqual([['Waiting for the browser.'], ['The browser came back.']]);
  });

  it('shows how long it waits, and tells quietly what else called at the address', async () => {
    const at = await waiting();
    expect(document.querySelector('.out-card .time')?.textContent).toMatch(/^(5m00s|4m5\ds)Waits until/);
    expect(screen.queryByText(/was left aside/)).toBeNull();
    act(() => at.main.out({ strays: 2 }));
    expect(screen.getByText('Something else called at the redirect address 2 times. It was left aside.')).toBeTruthy();
  });

  it('waits for another sign-in on the same address', async () => {
    const at = await waiting();
    act(() => at.main.out({ stage: 'queued', endsAtMs: null }));
    expect(screen.getByText('Another sign-in uses this address; this one begins when it has ended.')).toBeTruthy();
    await at.press('Cancel');
    expect(at.main.of('drafts.cancelSignIn')).toEqual([{ draftId: 'd1' }]);
  });

  it('opens the browser again and copies the link for another one, which never comes to the window', async () => {
    const at = await waiting();
    await at.press('Open the browser again');
    expect(at.main.of('drafts.openBrowserAgain')).toEqual([{ draftId: 'd1' }]);
    await at.press('Copy the link');
    expect(at.main.of('drafts.copySignInLink')).toEqual([{ draftId: 'd1' }]);
    expect(await screen.findByRole('button', { name: 'Copied' })).toBeTruthy();
    at.main.answerNext('drafts.openBrowserAgain', failed('browser_failed', { host: 'www.taskade.com' }));
    await at.press('Open the browser again');
    expect((await screen.findByRole('alert')).textContent).toContain('Open www.taskade.com by hand.');
  });

  it('says what to do when no browser opens, and goes on waiting', async () => {
    const at = await waiting();
    act(() => at.main.out({ browserFailed: true }));
    expect(screen.getByRole('alert').textContent).toContain('Your browser could not be opened. Copy the link');
    expect(pasteField()).toBeTruthy();
  });

  it.each([
    ['Cancel', async (at: WizardAt) => at.press('Cancel')],
    ['Escape', async (at: WizardAt) => at.user.keyboard('{Escape}')],
  ])('%s ends the wait first, and asks about nothing: what was typed is still there', async (_by, leave) => {
    const at = await atBrowserStart();
    await fill(at.user, screen.getByLabelText('Name in your list'), 'Boards');
    await at.press('Sign in with the browser');
    await screen.findByRole('heading', { name: 'Go on in your browser' });
    await leave(at);
    await screen.findByRole('heading', { name: 'Sign in to Taskade' });
    expect(screen.queryByRole('alertdialog')).toBeNull();
    expect(at.onClose).not.toHaveBeenCalled();
    expect(screen.getByRole('alert').textContent).toContain('You stopped waiting for the browser.');
    expect(screen.getByLabelText<HTMLInputElement>('Name in your list').value).toBe('Boards');
  });

  it('goes on without its port when another program holds it', async () => {
    const at = await atBrowserStart();
    at.main.answerNext('drafts.connect', failed('redirect_port_taken', { name: '24816', field: 'redirectUri' }));
    await at.press('Sign in with the browser');
    expect((await screen.findByRole('alert')).textContent).toContain('holds port 24816');
    await at.press('Go on without it: paste the address');
    await screen.findByRole('heading', { name: 'Go on in your browser' });
    expect(at.main.of('drafts.connect')).toEqual([{ draftId: 'd1' }, { draftId: 'd1', byPaste: true }]);
    act(() => at.main.out({ comesBackBy: 'paste', endsAtMs: null }));
    expect(screen.getByRole('heading', { name: 'Paste the address you landed on' })).toBeTruthy();
    expect(document.querySelector('.out-card')).toBeNull();
  });
});

describe('the address that is pasted', () => {
  it('is masked for the eye, handed over once and gone from the page', async () => {
    const at = await waiting();
    await fill(at.user, pasteField(), landed);
    expect(screen.getByText('https://partner.example/back?code=9fQ••••••••••••')).toBeTruthy();
    expect(document.documentElement.outerHTML).not.toContain('marker');
    await at.press('Use it');
    expect(at.main.of('drafts.pasteRedirect')).toEqual([{ draftId: 'd1', pasted: landed }]);
    expect(everythingOnThePage()).not.toContain('marker');
  });

  it('is handed over by Enter, too, and can be cleared', async () => {
    const at = await waiting();
    await fill(at.user, pasteField(), landed);
    await at.press('Clear');
    expect(pasteField().value).toBe('');
    await fill(at.user, pasteField(), 'a-code-alone-marker');
    await at.user.keyboard('{Enter}');
    expect(at.main.of('drafts.pasteRedirect')).toEqual([{ draftId: 'd1', pasted: 'a-code-alone-marker' }]);
  });

  it('stays in its field when it is the wrong one; what is wrong is said there, until another is typed', async () => {
    const at = await waiting();
    await fill(at.user, pasteField(), landed);
    at.main.answerNext('drafts.pasteRedirect', failed('pasted_of_another', { field: 'redirectUri' }));
    await at.press('Use it');
    expect(await screen.findByText(/This address answers another sign-in/)).toBeTruthy();
    expect(pasteField().value).toBe(landed);
    expect(pasteField().getAttribute('aria-invalid')).toBe('true');
    await at.user.type(pasteField(), 'x');
    expect(screen.queryByText(/This address answers another sign-in/)).toBeNull();
  });

  it.each([
    ['', null],
    ['https://a.example/cb?code=0123456789abcdef&state=s', 'https://a.example/cb?code=012••••••••••••'],
    ['https://me:pw@a.example/cb?code=0123456789abcdef', 'https://a.example/cb?code=012••••••••••••'],
    ['?state=s&code=0123456789abcdef', '?code=012••••••••••••'],
    ['https://a.example/cb?code=short', 'https://a.example/cb?code=••••••••••••'],
    ['https://a.example/cb?error=access_denied', 'https://a.example/cb?••••••••••••'],
    ['https://a.example/cb', 'https://a.example/cb'],
    ['0123456789abcdef', '012••••••••••••'],
    ['a sentence that somebody pasted', '••••••••••••'],
    ['https://', '••••••••••••'],
  ])('shows of “%s” no more than where it is of and how its code begins', (pasted, shown) => {
    expect(maskedAddress(pasted)?.shown ?? null).toBe(shown);
  });
});

describe('a sign-in that the provider begins', () => {
  it('names the company first, and what the company has to do', async () => {
    const at = await atCompanyStart();
    expect(screen.getByText(/The company installs or opens your app at T-Gate\./)).toBeTruthy();
    expect(screen.getByText('The company’s browser')).toBeTruthy();
    await at.press('Wait for the company’s browser');
    expect(screen.getByText('Still empty: Company')).toBeTruthy();
    expect(at.main.of('drafts.connect')).toEqual([]);
    await fill(at.user, screen.getByLabelText('Company'), 'Harbour Grill Co.');
    await at.press('Wait for the company’s browser');
    await screen.findByRole('heading', { name: 'Waiting for Harbour Grill Co.' });
    expect(at.main.of('drafts.keep').at(-1)).toEqual({ draftId: 'd1', company: 'Harbour Grill Co.' });
    // There is no page of the provider's to open: the company goes there.
    expect(screen.queryByRole('button', { name: 'Open the browser again' })).toBeNull();
  });

  it('brings a code that is used only when a person says whose it is', async () => {
    const at = await codeCame();
    expect(screen.getByText('Code found. Use it within ten minutes.')).toBeTruthy();
    expect(document.querySelector('.out-card .time')?.textContent).toMatch(/^9m(12|11)s/);
    expect(document.querySelector('.out-card .life .post')).not.toBeNull();
    expect(screen.getByText('http://127.0.0.1:24816/t-gate')).toBeTruthy();
    expect(screen.getByText('same as registered, to the letter')).toBeTruthy();
    expect(screen.getByText(/T-Gate starts this sign-in itself, so no request of ours can vouch/)).toBeTruthy();
    await at.press('Exchange the code');
    // As Enter in the check box does.
    fireEvent.submit(document.querySelector('form')!);
    expect(at.main.of('drafts.confirmCompany')).toEqual([]);
    await at.user.click(
      screen.getByRole('checkbox', { name: 'I was just working with Harbour Grill Co. and this code is theirs.' }),
    );
    await at.press('Exchange the code');
    expect(at.main.of('drafts.confirmCompany')).toEqual([{ draftId: 'd1', evenLate: false }]);
    act(() => at.main.comeBack());
    await screen.findByRole('heading', { name: 'Harbour Grill Co. is kept' });
    expect(screen.getByText('as you named it; T-Gate does not say')).toBeTruthy();
  });

  it('shows of a pasted code only how it begins', async () => {
    const at = await waitingForCompany();
    await fill(at.user, pasteField(), landed);
    await at.press('Use it');
    act(() => at.main.out({ stage: 'confirming', codeReceivedAtMs: Date.now(), codeEndsAtMs: Date.now() + minute }));
    expect(screen.getByText('https://partner.example/back?code=9fQ••••••••••••')).toBeTruthy();
    expect(everythingOnThePage()).not.toContain('marker');
  });

  it('offers a code past its life to be sent all the same, which is said and never the first thing', async () => {
    const at = await codeCame(-1);
    expect(screen.getByText('The ten minutes of this code are over.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Exchange the code' })).toBeNull();
    await at.press('Send it all the same');
    expect(at.main.of('drafts.confirmCompany')).toEqual([]);
    await at.user.click(screen.getByRole('checkbox', { name: /this code is theirs/ }));
    await at.press('Send it all the same');
    expect(at.main.of('drafts.confirmCompany')).toEqual([{ draftId: 'd1', evenLate: true }]);
  });

  it('takes main’s word that a code is late, and starts again with everything typed', async () => {
    const at = await codeCame();
    await at.user.click(screen.getByRole('checkbox', { name: /this code is theirs/ }));
    at.main.answerNext('drafts.confirmCompany', failed('code_late', { name: 'T-Gate' }));
    await at.press('Exchange the code');
    await at.press('Start again');
    await screen.findByRole('heading', { name: 'Waiting for Harbour Grill Co.' });
    expect(at.main.of('drafts.cancelSignIn')).toEqual([{ draftId: 'd1' }]);
    expect(at.main.of('drafts.connect')).toHaveLength(2);
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('asks for the address where its browser cannot come back here', async () => {
    const at = await atCompanyStart();
    await at.press('Back');
    await at.press('Registered already? Type that app’s own address');
    await fill(at.user, screen.getByLabelText('Redirect address of that app'), 'https://partner.example/back');
    await at.press('Next: sign in');
    await screen.findByRole('heading', { name: 'Connect a company at T-Gate' });
    expect(screen.getByText(/paste here the address that the browser lands on/)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Go on: paste the address' })).toBeTruthy();
  });
});
