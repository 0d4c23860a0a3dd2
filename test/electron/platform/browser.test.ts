import { beforeEach, describe, expect, it, vi } from 'vitest';
import { systemBrowser } from '../../../electron/platform/browser.ts';
import { Secret } from '../../../electron/secret.ts';

const opened = vi.hoisted(() => [] as string[]);
vi.mock('electron', () => ({ shell: { openExternal: (url: string) => Promise.resolve(opened.push(url)) } }));
beforeEach(() => opened.splice(0));

const origin = 'https://auth.example';
const signIn = (address: string, unencryptedAgreed = false): Promise<void> =>
  systemBrowser.openSignIn(new Secret(address), { origin, unencryptedAgreed });

describe('B10: the way out to the system browser', () => {
  it.each([
    'file:///etc/passwd',
    'smb://attacker.example/share',
    'ms-msdt:/id PCWDiagnostic',
    'javascript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'app://bundle/index.html',
    'https://person:word@auth.example/',
    'https://person@auth.example/',
    'https://auth.example/\u0000',
    'https://auth.example/\r\n-flag',
    'https://auth.example/\t',
    '-flag',
    '',
  ])('does not take %j', async (address) => {
    await expect(systemBrowser.open(address)).rejects.toMatchObject({ code: 'address_invalid' });
    await expect(signIn(address)).rejects.toMatchObject({ code: 'address_invalid' });
    expect(opened).toEqual([]);
  });

  it('takes a page over https, and none in clear', async () => {
    await systemBrowser.open('https://docs.example/keys');
    await expect(systemBrowser.open('http://docs.example/keys')).rejects.toMatchObject({ code: 'address_insecure' });
    await expect(systemBrowser.open('http://127.0.0.1/keys')).rejects.toMatchObject({ code: 'address_insecure' });
    expect(opened).toEqual(['https://docs.example/keys']);
  });

  it('takes a sign-in to the origin that was configured and to no other', async () => {
    await signIn('https://auth.example/authorize?state=1');
    for (const other of ['https://auth.example:444/', 'https://auth.example.attacker.example/', 'http://auth.example/'])
      await expect(signIn(other)).rejects.toMatchObject({ code: 'address_insecure' });
    expect(opened).toEqual(['https://auth.example/authorize?state=1']);
  });

  it('takes a sign-in in clear to this computer, and elsewhere only where that was agreed to', async () => {
    const inClear = (host: string, unencryptedAgreed: boolean): Promise<void> =>
      systemBrowser.openSignIn(new Secret(`${host}/a`), { origin: host, unencryptedAgreed });
    await inClear('http://127.0.0.1:8080', false);
    await expect(inClear('http://er.example', false)).rejects.toMatchObject({ code: 'address_insecure' });
    await inClear('http://er.example', true);
    expect(opened).toEqual(['http://127.0.0.1:8080/a', 'http://er.example/a']);
  });
});
