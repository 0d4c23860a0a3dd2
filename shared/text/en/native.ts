import type { EndpointKind } from '../../model/provider.ts';
import type { Question } from '../../model/question.ts';

/** What a dialog of the system says: the question, what follows from a yes, and the two buttons. */
export interface AskedWords {
  title: string;
  message: string;
  detail: string;
  no: string;
  yes: string;
}

type Asked<Kind extends Question['kind']> = Extract<Question, { kind: Kind }>;

const whats: Record<EndpointKind | 'redirect', string> = {
  authorization: 'where the browser signs in',
  token: 'where tokens are asked for',
  device: 'where a code for another page is asked for',
  revocation: 'where access is taken away',
  introspection: 'where a token is asked about',
  test: 'where the test call goes',
  redirect: 'where the browser comes back to',
};

const signIns = (n: number): string => (n === 1 ? 'its 1 connection' : `its ${String(n)} connections`);

function whatFollows({ connections, drops }: Asked<'new_addresses'>): string {
  if (drops) {
    const secret = 'The client secret is kept and is sent there at the next sign-in.';
    return connections === 0
      ? `No connection uses this app yet. ${secret}`
      : `The tokens of ${signIns(connections)} are dropped; ${connections === 1 ? 'it has' : 'each has'} to sign in again. ${secret}`;
  }
  const tokens = connections === 0 ? '' : `The tokens of ${signIns(connections)} are kept. `;
  return `${tokens}Tokens, and the client secret where the system wants it, will be sent there when you revoke or test.`;
}

function newAddresses(question: Asked<'new_addresses'>): AskedWords {
  const { app, provider, addresses } = question;
  return {
    title: 'Grantkeep: another address',
    message: `Let the app “${app}” (${provider}) ask ${addresses.length === 1 ? 'this host' : 'these hosts'} from now on?`,
    detail: [
      ...addresses.map(({ kind, host }) => `${host}\n    ${whats[kind]}`),
      '',
      whatFollows(question),
      'Say yes only if the provider itself told you this address.',
    ].join('\n'),
    no: 'Cancel',
    yes: question.drops && question.connections > 0 ? 'Change and drop the tokens' : 'Change the address',
  };
}

function foundElsewhere({ issuer, addresses }: Asked<'found_elsewhere'>): AskedWords {
  return {
    title: 'Grantkeep: addresses on another host',
    message: `${issuer} says that its addresses are on ${addresses.length === 1 ? 'another host' : 'other hosts'}. Use them?`,
    detail: [
      ...addresses.map(({ kind, host }) => `${host}\n    ${whats[kind]}`),
      '',
      'The client secret, and tokens later, will be sent there. Say yes only if the provider’s documents name these hosts.',
    ].join('\n'),
    no: 'Cancel',
    yes: 'Use these addresses',
  };
}

function takeProvider({ file, name, issuer, addresses }: Asked<'take_provider'>): AskedWords {
  return {
    title: 'Grantkeep: use a provider file',
    message: `Use the addresses of “${name}” from ${file}?`,
    detail: [
      ...(issuer === null ? [] : [`${issuer}\n    its issuer`]),
      ...addresses.map(({ kind, host }) => `${host}\n    ${whats[kind]}`),
      '',
      'They are filled into the form, where you can look at each. The client secret, and tokens later, go there once you connect. Say yes only if the provider’s documents name these hosts.',
    ].join('\n'),
    no: 'Cancel',
    yes: 'Use them',
  };
}

function takeOverSetUp({ file, apps, hosts }: Asked<'take_over_set_up'>): AskedWords {
  const named = apps.map(({ name, provider }) => `“${name}” (${provider})`).join(', ');
  return {
    title: 'Grantkeep: take over a set-up',
    message: `Add ${apps.length === 1 ? 'this app' : `these ${String(apps.length)} apps`} from ${file}?`,
    detail: [
      named,
      '',
      ...(hosts.length === 0
        ? ['They ask only the hosts that Grantkeep knows of these systems.']
        : [
            'These hosts are not the ones that Grantkeep knows of these systems:',
            ...hosts.map((one) => {
              const of = one.apps.length === apps.length ? '' : ` (${one.apps.map((name) => `“${name}”`).join(', ')})`;
              return `${one.host}${of}\n    ${one.whats.map((what) => whats[what]).join(', ')}`;
            }),
            'Say yes only if you expected them.',
          ]),
      '',
      'They are added as new apps without a client secret. The apps you have stay as they are.',
    ].join('\n'),
    no: 'Cancel',
    yes: apps.length === 1 ? 'Add the app' : 'Add the apps',
  };
}

/** Menus, dialogs and notices drawn by the system. */
export const native = {
  productName: 'Grantkeep',
  menu: { quit: 'Quit Grantkeep' },
  ask: (question: Question): AskedWords => {
    switch (question.kind) {
      case 'new_addresses':
        return newAddresses(question);
      case 'found_elsewhere':
        return foundElsewhere(question);
      case 'take_provider':
        return takeProvider(question);
      case 'take_over_set_up':
        return takeOverSetUp(question);
    }
  },
  files: {
    setUp: { kind: 'Grantkeep set-up', save: 'Share the set-up', open: 'Take over a set-up' },
    provider: { kind: 'Grantkeep provider', save: 'Save the provider’s addresses', open: 'Use a provider file' },
  },
  /** Main failed in a way nobody foresaw: no stack, no secret, only that the vault is safe. */
  crash: {
    title: 'Grantkeep met an error of its own',
    /** Where in the program it was; the log has it too. */
    code: (code: string): string => `If you report it, tell this code: ${code}.`,
    body: 'What was saved is kept. If the window does not answer, close it and open Grantkeep again.',
  },
};
