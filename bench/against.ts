/** Compares two commits: each of our contestants with that of the base, round by round. */
import type { Base } from './base.js';
import { baseName } from './contestant.js';
import type { Answered, Figures, Outcome, Standing } from './outcome.js';
import { medians } from './statistics.js';
import { align, cell, headOf, number } from './table.js';

/** The figures to compare, the most important first. The table shows the first that a question has. */
const compared = ['cpu', 'resident', 'bytes', 'nanoseconds', 'milliseconds', 'delay', 'most', 'lookup'];

/** Creates one line per pair: the figure now and before, and the ratios of their rounds. */
export function against(outcome: Outcome, base: Base): Outcome {
  const figure = compared.find(name => outcome.contestants.some(each => each.figures[name] != null)) ?? 'cpu';
  const byName = new Map(outcome.contestants.map(each => [each.name, each]));
  const pairs = outcome.contestants.flatMap(now => {
    const before = byName.get(baseName(now.name));
    if (before !== undefined) return [pair(now, before, figure)];
    return now.absent === undefined || now.name.endsWith(baseName('')) ? [] : [{ ...now, rounds: [] }];
  });
  const columns = [figure, 'before', 'ratio', 'low', 'high', ...(figure === 'cpu' ? ['rateRatio'] : [])];
  return { ...outcome, note: `${outcome.note}; base: ${base.name}`, columns, contestants: pairs };
}

/** One table of all comparisons: a line per question and server. */
export function summary(answers: readonly Answered[]): string {
  const head = ['', 'figure', 'now', 'base', 'now/base', 'low', 'high', ''];
  const lines = answers.flatMap(({ name, columns, contestants }) => {
    const figure = columns[0]!;
    return contestants.map(({ name: server, figures, failure, absent }) => [
      `${name}: ${server.replace('berkeley ', '')}`,
      headOf(figure),
      cell(figures, figure),
      number(figures.before, 2),
      ...['ratio', 'low', 'high'].map(each => number(figures[each], 3)),
      failure ?? absent ?? '',
    ]);
  });
  return align([head, ...lines]).join('\n');
}

function pair(now: Standing, before: Standing, figure: string): Standing {
  const rounds = now.rounds.flatMap((round, i) => {
    const other = before.rounds[i];
    return other === undefined ? [] : [ratios(round, other, figure)];
  });
  const spread = rounds.map(round => round.ratio).filter(value => typeof value === 'number');
  const failure = both(now.failure, before.failure);
  const absent = both(now.absent, before.absent);
  return {
    name: now.name,
    lost: now.lost + before.lost,
    ...(failure !== undefined && { failure }),
    ...(absent !== undefined && { absent }),
    figures: {
      ...medians(rounds),
      low: spread.length === 0 ? null : Math.min(...spread),
      high: spread.length === 0 ? null : Math.max(...spread),
    },
    rounds,
  };
}

function both(now: string | undefined, before: string | undefined): string | undefined {
  if (now === undefined && before === undefined) return undefined;
  return [now, before && `base: ${before}`].filter(Boolean).join('; ');
}

function ratios(now: Figures, before: Figures, figure: string): Figures {
  return {
    [figure]: now[figure] ?? null,
    before: before[figure] ?? null,
    ratio: ratio(now[figure], before[figure]),
    rateRatio: ratio(now.rate, before.rate),
  };
}

function ratio(now: number | null | undefined, before: number | null | undefined): number | null {
  return typeof now === 'number' && typeof before === 'number' && before !== 0 ? now / before : null;
}
