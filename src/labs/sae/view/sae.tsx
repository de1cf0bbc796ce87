import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { printDay } from '../../../handbook/day.ts';
import { Bench } from '../../view/Bench.tsx';
import { defineLab, type LabProps } from '../../view/lab.ts';
import { saeData, type SaeData } from './data.ts';
import { Drift } from './Drift.tsx';
import { Duel } from './Duel.tsx';
import { EditPanel } from './EditPanel.tsx';
import { FeatureCard } from './FeatureCard.tsx';
import { Knobs } from './Knobs.tsx';
import { QualityOf } from './Quality.tsx';
import { Ranked } from './Ranked.tsx';
import './sae.css';
import { Session } from './session.ts';
import { MOST_SEED } from './settings.ts';
import { surroundings } from './surroundings.ts';
import { Taste } from './Taste.tsx';
import { words } from './words.ts';

function View({ place, data, limits, reported }: LabProps<SaeData>): VNode {
  const [session] = useState(() => new Session(data, surroundings()));
  const { run, date, recipe } = data.run;
  return (
    <Bench session={session} place={place} mostSeed={MOST_SEED} limits={limits} reported={reported}>
      <div class="sae-lab">
        <div class="desk">
          <Knobs session={session} />
          <Ranked session={session} />
          <QualityOf session={session} recorded={data.quality} />
        </div>
        <FeatureCard session={session} place={place} />
        <EditPanel session={session} />
        <Taste session={session} data={data} />
        <Drift session={session} data={data} />
        <Duel session={session} recorded={data.duel} />
        <p class="aside ran">{words.ran(run, printDay(date), recipe)}</p>
      </div>
    </Bench>
  );
}

/** The SAE explorer. */
export const sae = defineLab(saeData, View);
