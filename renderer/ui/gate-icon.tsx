/** Act "Sign in again": the gate as an outline. A person has to come. */
export function GateIcon() {
  return (
    <svg className="icon" width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" aria-hidden>
      <path d="M3.5 13.5V7.5a4.5 4.5 0 0 1 9 0v6z" strokeLinejoin="round" />
      <path d="M8 8.5v2" strokeLinecap="round" />
    </svg>
  );
}
