import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const sources = ['shared', 'electron', 'renderer'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|tsx)$/.test(file))
    .map((file) => ({
      file: join(folder, file).replaceAll('\\', '/'),
      text: readFileSync(join(root, folder, file), 'utf8'),
    })),
);

/** Each use with its file, comments left out: what is said about a thing is not the thing. */
function uses(pattern: RegExp, of = sources): string[] {
  const everywhere = new RegExp(pattern, 'g');
  return of.flatMap(({ file, text }) => {
    const code = text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
    return [...code.matchAll(everywhere)].map(([found]) => `${file}: ${found}`);
  });
}

describe('the program, as it is written', () => {
  it('finds a use that is there, and none in a comment (the search itself works)', () => {
    const planted = [{ file: 'a.ts', text: "/** eval( */\n// eval(\nconst x = eval('1');\n" }];
    expect(uses(/\beval\(/, planted)).toEqual(['a.ts: eval(']);
  });

  it('B1: opens no window but its own and loads no address but its page', () => {
    expect(uses(/new BrowserWindow\(/)).toEqual(['electron/platform/window.ts: new BrowserWindow(']);
    expect(new Set(uses(/\bload(?:URL|File)\([^)]*\)/))).toEqual(
      new Set(['electron/platform/window.ts: loadURL(pageAddress)']),
    );
    expect(uses(/WebContentsView|BrowserView\b|<webview|<iframe|<object|<embed/)).toEqual([]);
  });

  it('B32: registers no scheme with the system, and reads of a second start only how it was started', () => {
    expect(uses(/setAsDefaultProtocolClient|'open-url'|'open-file'/)).toEqual([]);
    expect(uses(/\bwords\.\w+\([^)]*\)/).filter((use) => use.startsWith('electron/main.ts'))).toEqual([
      "electron/main.ts: words.includes('--hidden')",
    ]);
  });

  it('B43: never searches the keychain, which would end the process when a person says no', () => {
    expect(uses(/find(?:Credentials|Password)\b/)).toEqual([]);
  });

  it('B60: starts no crash reporter', () => {
    expect(uses(/crashReporter/)).toEqual([]);
  });

  it('B63: no field that a person types into is filled in or spelled by the browser', () => {
    const fields = sources.filter(
      ({ file, text }) =>
        file.startsWith('renderer/') && /<(?:Input|input|textarea|TextArea)\b[^>]*(?:value|type|onChange)/.test(text),
    );
    expect(fields.length).toBeGreaterThanOrEqual(3);
    const open = fields.filter(
      ({ text }) => !/autoComplete="off"/.test(text) || !/spellCheck=(?:"false"|\{false\})/.test(text),
    );
    expect(open.map(({ file }) => file)).toEqual([]);
  });

  it('B12: has no switch that would take an unverified certificate', () => {
    expect(
      uses(/rejectUnauthorized(?!: true\b)|checkServerIdentity|NODE_TLS_REJECT_UNAUTHORIZED|setCertificateVerifyProc/),
    ).toEqual([]);
  });

  it('B68: makes no code of text and no page of a string', () => {
    expect(uses(/\beval\(|new Function\(|set(?:Timeout|Interval)\(\s*['"`]|\bvm\./)).toEqual([]);
    expect(
      uses(
        /innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|document\.write|createContextualFragment|srcdoc/i,
      ),
    ).toEqual([]);
    expect(uses(/executeJavaScript|executeInMainWorld|insertCSS/)).toEqual([]);
    expect(uses(/'node:child_process'/)).toEqual(["electron/platform/tray-host.ts: 'node:child_process'"]);
  });
});
