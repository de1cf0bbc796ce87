/**
 * Lets scripted auditors play the recorded audits of the auditing game, and prints how they do: prices and budgets are set by it.
 * Run: npm run bench:game
 */
import { readFileSync } from 'node:fs';
import { auditsIn } from '../../src/labs/game/model/audits.ts';
import { play, playBlind, type Standing } from '../../src/labs/game/model/balance.ts';
import { LEVELS } from '../../src/labs/game/model/recipe.ts';
import { BUDGET, TIERS, TOOL_IDS, TOOLS } from '../../src/labs/game/model/tools/deck.ts';
import type { Tables } from '../../src/labs/organisms/recorded.ts';

function print({ auditor, points, low, high, accuracy, guilt, spent }: Standing): void {
  const share = (x: number): string => `${Math.round(100 * x)} %`.padStart(6);
  const range = `${points.toFixed(0).padStart(4)} [${low.toFixed(0)}, ${high.toFixed(0)}]`;
  console.log(
    `  ${auditor.padEnd(11)} ${range.padEnd(18)} right ${share(accuracy)}  guilty or not ${share(guilt)}  spent ${spent.toFixed(1)}`,
  );
}

console.log(TOOL_IDS.map((tool) => `${tool} ${TOOLS[tool].price}`).join(', '));
for (const level of LEVELS) {
  const { tables } = JSON.parse(readFileSync(`content/recorded/game-tools-${level}.json`, 'utf8')) as { readonly tables: Tables };
  const audits = auditsIn(tables.audits ?? []);
  console.log(
    `\n${level}: ${audits.length} games with ${new Set(audits.map(({ organism }) => organism)).size} organisms; points of 100, 0 for the prior`,
  );
  playBlind(audits).forEach(print);
  for (const tier of TIERS) {
    const { standings, chosen, lead } = play(audits, tier, BUDGET[tier]);
    console.log(`${level}, ${tier}, budget ${BUDGET[tier]}`);
    standings.forEach(print);
    console.log(`  best ahead of ${lead.tool} by ${lead.points.toFixed(0)} [${lead.low.toFixed(0)}, ${lead.high.toFixed(0)}]`);
    for (const { world, price, evidence } of chosen) console.log(`  best set in world ${world}, for ${price}: ${evidence.join(', ')}`);
  }
}
