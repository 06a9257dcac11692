import { Box, Text } from "ink";
import type { Line } from "../drawing/lines.ts";
import { type Look, shown, styleOf } from "../drawing/theme.ts";

/** Paints lines as they are, one under the other. */
export function Lines({ lines, look }: { readonly lines: readonly Line[]; readonly look: Look }) {
  return (
    <Box flexDirection="column">
      {lines.map((spans, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line of the screen is its place
        <Text key={index} wrap="truncate">
          {spans.length === 0
            ? " "
            : spans.map(({ text, tone }, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: as above
                <Text key={place} {...styleOf(tone, look)}>
                  {shown(text, look)}
                </Text>
              ))}
        </Text>
      ))}
    </Box>
  );
}
