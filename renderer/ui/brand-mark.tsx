/** The keep with its gate open, and in the gate a level: what is left. Shut: bars and a beam. */
export function BrandMark({ size = 20, shut = false }: { size?: number; shut?: boolean }) {
  return (
    <svg width={size} height={size} viewBox="0 0 64 64" aria-hidden>
      <path
        className="keep-stone"
        d="M4 14a8 8 0 0 1 8-8h7v6.5h7V6h12v6.5h7V6h7a8 8 0 0 1 8 8v36a10 10 0 0 1-10 10H14A10 10 0 0 1 4 50z"
      />
      <path className="keep-arch" d="M19 51.5V33a13 13 0 0 1 26 0v18.5z" />
      {shut ? (
        <path className="keep-bars" d="M25.5 23.5v28M32 20v31.5M38.5 23.5v28M19 36.5h26" />
      ) : (
        <path className="keep-level" d="M19 51.5V38.5h26v13z" />
      )}
    </svg>
  );
}
