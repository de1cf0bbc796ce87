import type { VNode } from 'preact';
import type { Drawn } from '../model/experiment.ts';
import { pointsOf } from '../model/points.ts';
import { dataFor, type Setting } from '../model/recipe.ts';
import { cellsOf, crosses, dots, SIZE } from './paths.ts';
import { words } from './words.ts';

interface Props {
  readonly setting: Setting;
  /** What the network of this setting does; undefined before it is trained. */
  readonly drawn: Drawn | undefined;
}

/** Levels of the field that are shaded, from hardly to surely class 1. */
const LEVELS = [1, 2, 3, 4];

/** The plane: the points that the network learns from, the poison among them, the triggered points, and what the network would say where. */
export function Plane({ setting, drawn }: Props): VNode {
  const { clean, poisoned, triggered } = pointsOf(dataFor(setting.trigger), setting.seed, setting.poisoned);
  const of = (label: 0 | 1): string => dots(clean.filter((point) => point.label === label));
  const misread = triggered.filter((_point, index) => drawn?.calls[index] === '1');
  const read = triggered.filter((_point, index) => drawn?.calls[index] !== '1');
  return (
    <svg class="plane" viewBox={`0 0 ${SIZE.width} ${SIZE.height}`} role="img" aria-label={words.planeSays(setting, drawn)}>
      {drawn !== undefined && LEVELS.map((level) => <path key={level} class={`field-${level}`} d={cellsOf(drawn.field, level)} />)}
      <path class="cross" d={crosses(read, 4)} />
      <path class="cross hot" d={crosses(misread, 4)} />
      <path class="edge" d={of(0)} />
      <path class="hollow" d={of(0)} />
      <path class="full" d={of(1)} />
      <path class="poison-halo" d={dots(poisoned)} />
      <path class="poison" d={dots(poisoned)} />
      <rect class="frame" width={SIZE.width} height={SIZE.height} />
    </svg>
  );
}

/** What the signs of the plane mean. */
export function PlaneKey({ trained }: { readonly trained: boolean }): VNode {
  const sign = (parts: VNode): VNode => (
    <svg class="plane" viewBox="0 0 24 24" aria-hidden="true">
      {parts}
    </svg>
  );
  return (
    <ul class="plane-key">
      <li>
        {sign(
          <>
            <path class="edge" d="M12 12h0" />
            <path class="hollow" d="M12 12h0" />
          </>,
        )}
        {words.key.zero}
      </li>
      <li>
        {sign(<path class="full" d="M12 12h0" />)}
        {words.key.one}
      </li>
      <li>
        {sign(<path class="poison" d="M12 12h0" />)}
        {words.key.poisoned}
      </li>
      <li>
        {sign(<path class="cross hot" d="M7 7l10 10m0-10l-10 10" />)}
        {trained ? words.key.misread : words.key.triggered}
      </li>
      {trained && (
        <li>
          {sign(<path class="field-4" d="M2 4h20v16h-20z" />)}
          {words.key.field}
        </li>
      )}
    </ul>
  );
}
