import type { VNode } from 'preact';

/** The room of a drawing, in its own units. */
export interface Frame {
  readonly form: 'wide' | 'narrow';
  readonly width: number;
  readonly height: number;
}

export const WIDE = { form: 'wide', width: 520 } as const;
export const NARROW = { form: 'narrow', width: 320 } as const;

interface Props {
  /** Class of the figure. */
  readonly name: string;
  /** What it shows, for those who do not see it. */
  readonly says: string;
  readonly frames: readonly Frame[];
  readonly draw: (frame: Frame) => VNode;
}

/** A figure drawn for wide and for narrow screens, so that its type is never small. */
export function Twice({ name, says, frames, draw }: Props): VNode {
  return (
    <>
      {frames.map((frame) => (
        <svg
          key={frame.form}
          class={`fig ${name} ${frame.form}`}
          viewBox={`0 0 ${frame.width} ${frame.height}`}
          role="img"
          aria-label={says}
        >
          {draw(frame)}
        </svg>
      ))}
    </>
  );
}

/** To a tenth of a unit: finer would only make the page longer. */
export function round(value: number): number {
  return Math.round(10 * value) / 10;
}

/** A table that scrolls in itself, also by the keyboard. */
export function Scroll({
  label,
  tall = false,
  children,
}: {
  readonly label: string;
  readonly tall?: boolean;
  readonly children: VNode;
}): VNode {
  return (
    <div class={tall ? 'scroll tall' : 'scroll'} tabIndex={0} role="group" aria-label={label}>
      {children}
    </div>
  );
}
