import { FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses';

/** How the switches inside Electron's binary stand in what we give away (B20). */
const SHIPPED = {
  RunAsNode: false,
  EnableCookieEncryption: true,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  // Enforced by macOS and Windows only; on Linux a changed app.asar still runs.
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  LoadBrowserProcessSpecificV8Snapshot: false,
  GrantFileProtocolExtraPrivileges: false,
};

/** The copy that a test drives differs in one: a test talks to the main process over --inspect. */
export const wantedFuses = ({ driven = false } = {}) => ({ ...SHIPPED, EnableNodeCliInspectArguments: driven });

export async function setFuses(binary, wanted, { resetAdHocDarwinSignature = false } = {}) {
  const byNumber = Object.entries(wanted).map(([name, isOn]) => [FuseV1Options[name], isOn]);
  await flipFuses(binary, {
    version: FuseVersion.V1,
    resetAdHocDarwinSignature,
    ...Object.fromEntries(byNumber),
  });
}

/** By name: true, false, or null where this Electron has no such fuse. */
export async function readFuses(binary) {
  const wire = await getCurrentFuseWire(binary);
  const states = { 48: false, 49: true };
  return Object.fromEntries(Object.keys(SHIPPED).map((name) => [name, states[wire[FuseV1Options[name]]] ?? null]));
}
