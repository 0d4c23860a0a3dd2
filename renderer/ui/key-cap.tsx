/** A key or two: "Ctrl C". Decoration beside a word that has its own name. */
export function KeyCap({ children }: { children: string }) {
  return (
    <kbd className="kbd" aria-hidden>
      {children}
    </kbd>
  );
}
