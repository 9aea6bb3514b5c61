/** Draws bar charts as SVG files. */
import { init } from 'echarts';

/** One horizontal bar. */
export interface Bar {
  readonly name: string;
  readonly value: number;
  readonly isOurs: boolean;
}

export interface Chart {
  readonly title: string;
  /** The meaning of a bar's length. */
  readonly unit: string;
  readonly bars: readonly Bar[];
  /** The position of a reference line, and its label. */
  readonly line: { readonly at: number; readonly name: string };
}

const OURS = '#2f6fde';
const OTHERS = '#9aa5b1';
const WIDTH = 760;
const BAR_HEIGHT = 26;
const MARGIN = 100;

/** Draws a chart, and returns the text of the SVG file. */
export function draw(chart: Chart): string {
  const height = MARGIN + BAR_HEIGHT * chart.bars.length;
  const canvas = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
  canvas.setOption({
    animation: false,
    backgroundColor: '#ffffff',
    title: { text: chart.title, left: 12, top: 8, textStyle: { fontSize: 14 } },
    grid: { left: labelWidth(chart), right: 60, top: 60, bottom: 40 },
    xAxis: { type: 'value', min: 0, name: chart.unit, nameLocation: 'middle', nameGap: 24 },
    yAxis: {
      type: 'category',
      inverse: true,
      data: chart.bars.map(bar => bar.name),
      axisTick: { show: false },
    },
    series: [series(chart)],
  });
  const text = canvas.renderToSVGString();
  canvas.dispose();
  return `${text}\n`;
}

/** The space for the names of the bars. Without a screen, the library only estimates it. */
function labelWidth({ bars }: Chart): number {
  return 20 + 7.5 * Math.max(...bars.map(({ name }) => name.length));
}

function series({ bars, line }: Chart): object {
  return {
    type: 'bar',
    data: bars.map(({ value, isOurs }) => ({
      value: Number(value.toFixed(2)),
      itemStyle: { color: isOurs ? OURS : OTHERS },
    })),
    label: { show: true, position: 'right' },
    markLine: {
      silent: true,
      symbol: 'none',
      lineStyle: { color: '#333333' },
      label: { formatter: line.name, position: 'start' },
      data: [{ xAxis: line.at }],
    },
  };
}
