import type { Happening } from '../../model/practice.ts';

/** Sentences of the practice providers' own pages, and of the panel that makes something happen there. */
export const practice = {
  /** In the browser. They are made by the practice provider, so they say first that nothing is real. */
  pages: {
    band: 'Practice. Nothing here is real.',
    here: 'This page comes from Grantkeep on your own computer. No account of yours is touched.',
    consentTitle: (system: string) => `${system} (practice)`,
    consentHeading: (app: string, system: string) => `Let “${app}” use a ${system} account?`,
    consentLead: 'A real system would ask you to sign in first. Here, choose who you are.',
    who: 'You are',
    allow: 'Allow',
    decline: 'Decline',
    comesBack: (host: string) => `Either way, your browser goes back to ${host}.`,
    goesTo: (host: string) => `Then your browser goes to ${host}.`,
    marketplaceTitle: (system: string) => `${system} marketplace (practice)`,
    marketplaceHeading: (app: string) => `Install “${app}” for a company`,
    marketplaceLead: 'At the real marketplace, somebody of the company does this. Here, choose which company you are.',
    company: 'Company',
    app: 'App',
    install: 'Install',
    deviceHeading: 'Type the code that Grantkeep shows',
    deviceGoOn: 'Go on',
    deviceLead: (code: string) => `Compare the code with the one in Grantkeep: ${code}. Here, choose who you are.`,
    deviceDone: 'Done',
    deviceGoBack: 'Go back to Grantkeep; it goes on by itself.',
    nobodyTitle: 'Nothing to install yet',
    nobodyLead: 'No app has a redirect address here so far. Begin the sign-in in Grantkeep, then open this page again.',
    refusedTitle: 'This link is not right',
    /** Shown instead of a redirect: whoever made the link must not learn anything, nor choose where the browser goes. */
    refusedLead: 'So your browser is not sent anywhere. Go back to Grantkeep and begin the sign-in again.',
    refused: {
      client: 'No app with this client ID is known here.',
      redirect: 'The redirect address is not the one that the app was given, to the letter.',
      parameter: (name: string) => `${name}: missing, empty, given twice, or not expected here.`,
      method: 'This page cannot be asked for like that.',
      userCode: 'No program waits for this code, or its time is over.',
      usedTitle: 'This page was answered already',
      used: 'Each of these pages is good for one answer, within ten minutes.',
    },
  },

  panel: {
    open: 'Make something happen',
    title: 'Make something happen',
    lead: 'Choose a system and see what Grantkeep does about it. Only practice is touched.',
    system: 'System',
    list: 'What can happen',
    act: 'Do it',
    /** Spoken name of the button. */
    actFor: (what: string) => `Do it: ${what}`,
    armed: (callsLeft: number | null) =>
      callsLeft === null ? 'On' : callsLeft === 1 ? 'Waits for the next call' : `Waits for the next ${callsLeft} calls`,
    /** Spoken beside a system's name. */
    waits: 'Something waits to happen.',
    normal: 'Back to normal',
    isNormal: 'Everything is normal here',
    close: 'Close',
    done: (what: string, system: string) => `${what}: ${system}.`,
    normalDone: (system: string) => `${system} is back to normal.`,
    happenings: {
      expired: {
        name: 'Every token ends now',
        see: 'The time shown stays as it was. Press Test: Grantkeep finds out, renews, and it works again.',
      },
      revoked_elsewhere: {
        name: 'Access is taken away elsewhere',
        see: 'As if it had been revoked at the system itself: the next renewal is refused and you are asked to sign in again.',
      },
      new_refresh_token: {
        name: 'A renewal brings a new refresh token',
        see: 'The one before ends with it. Grantkeep keeps the new one and goes on renewing.',
      },
      answer_lost: {
        name: 'An answer is lost',
        see: 'The system does its work, then the line breaks. Grantkeep asks again within a second, before it would be too late.',
      },
      too_many: {
        name: 'Too many requests',
        see: 'The next call is told to come back in 30 seconds. Grantkeep waits that long and tries again by itself.',
      },
      server_error: {
        name: 'A fault on their side',
        see: 'The next call ends with a 500. Your sign-in is kept, and Grantkeep tries again.',
      },
      web_page: {
        name: 'A web page instead of an answer',
        see: 'As from a portal or a wrong address: Grantkeep says what came, and takes nothing from it.',
      },
      slow: {
        name: 'A slow answer',
        see: 'The next call takes five seconds. You see that it is under way, and it can be waited for.',
      },
      clock_wrong: {
        name: 'Their clock is an hour ahead',
        see: 'Tokens given out before end at once. Where a token names its end as a time of day, an hour too much is shown.',
      },
    } satisfies Record<Happening, { name: string; see: string }>,
  },
};
