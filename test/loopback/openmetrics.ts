import type { RawSeries } from "../../simulator/prometheus/scrape.ts";

/**
 * Raw series as OpenMetrics text for `promtool tsdb create-blocks-from openmetrics`: times in seconds, each sample with
 * one, "# EOF" at the end. A series that ended stops; promtool knows no stale markers.
 */
export function openMetrics(series: readonly RawSeries[]): string {
  const lines = series.flatMap(({ labels, first, step, values }) => {
    const { __name__: name, ...rest } = labels;
    const shown = Object.entries(rest).map(([label, value]) => `${label}="${escaped(value)}"`);
    const head = `${name}{${shown.join(",")}}`;
    return Array.from(values, (value, index) =>
      Number.isNaN(value) ? [] : [`${head} ${value} ${first + index * step}`],
    ).flat();
  });
  return `${lines.join("\n")}\n# EOF\n`;
}

function escaped(value: string): string {
  return value.replace(/\\/g, "\\\\").replace(/"/g, '\\"').replace(/\n/g, "\\n");
}
