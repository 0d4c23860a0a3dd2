/**
 * What Electron and its tests want from Linux, by what it is for: `window` to open one, `session` for a desktop of
 * our own, `tests` for the tests alone. Names: Debian 12 (`debian`), where it differs Debian 13 and Ubuntu 24.04
 * (`t64`), Fedora (`fedora`). `wished` is put in where we install by ourselves, and never a reason to stop.
 */
export const systemNeeds = [
  { for: 'window', library: 'libgtk-3.so.0', debian: 'libgtk-3-0', t64: 'libgtk-3-0t64', fedora: 'gtk3' },
  { for: 'window', library: 'libnss3.so', debian: 'libnss3', fedora: 'nss' },
  { for: 'window', library: 'libasound.so.2', debian: 'libasound2', t64: 'libasound2t64', fedora: 'alsa-lib' },
  { for: 'window', library: 'libgbm.so.1', debian: 'libgbm1', fedora: 'mesa-libgbm' },
  { for: 'window', library: 'libsecret-1.so.0', debian: 'libsecret-1-0', fedora: 'libsecret' },
  { for: 'window', program: 'unzip', debian: 'unzip', fedora: 'unzip' },
  { for: 'window', program: 'fc-list', debian: 'fontconfig', fedora: 'fontconfig' },
  { for: 'window', font: '', debian: 'fonts-dejavu-core', fedora: 'dejavu-sans-fonts' },
  { for: 'session', font: 'Inter', debian: 'fonts-inter', fedora: 'rsms-inter-fonts', wished: true },
  {
    for: 'session',
    font: 'JetBrains Mono',
    debian: 'fonts-jetbrains-mono',
    fedora: 'jetbrains-mono-fonts',
    wished: true,
  },
  { for: 'session', program: 'Xvfb', debian: 'xvfb', fedora: 'xorg-x11-server-Xvfb' },
  { for: 'session', program: 'xauth', debian: 'xauth', fedora: 'xorg-x11-xauth', wished: true },
  { for: 'session', program: 'dbus-daemon', debian: 'dbus-daemon', fedora: 'dbus-daemon' },
  { for: 'session', program: 'dbus-send', debian: 'dbus-bin', fedora: 'dbus-tools' },
  { for: 'session', program: 'gnome-keyring-daemon', debian: 'gnome-keyring', fedora: 'gnome-keyring' },
  { for: 'tests', program: 'strace', debian: 'strace', fedora: 'strace' },
];
