import type { TileHue } from '../../shared/model/provider.ts';

export interface TileProps {
  /** Two letters, from the provider's profile. */
  letters: string;
  hue: TileHue | 'practice';
  /** 20, the row's own (32 or 24 compact), 40, 48. */
  size?: 'small' | 'row' | 'large' | 'huge';
}

/** A stone with two crenels and two letters: ours, never a vendor's logo. The name stands beside it. */
export function Tile({ letters, hue, size = 'row' }: TileProps) {
  return (
    <span className={`tile ${size} tile-${hue}`} aria-hidden>
      {letters}
    </span>
  );
}
