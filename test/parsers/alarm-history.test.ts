import { describe, expect, it } from "vitest";
import { describeAlarmChanges, describeAlarmHistory } from "../../src/sources/cloudwatch/questions.ts";

describe("describeAlarmHistory", () => {
  const update = (at: string, from: string, to: string, change = {}) => ({
    AlarmName: "a",
    Timestamp: at,
    HistoryItemType: "StateUpdate",
    HistorySummary: `Alarm updated from ${from} to ${to}`,
    HistoryData: JSON.stringify({ version: "1.0", oldState: { stateValue: from }, newState: { stateValue: to } }),
    ...change,
  });
  const read = (...pages: unknown[][]) =>
    describeAlarmHistory("a", { start: 0, end: 1 }).parse(pages.map((page) => ({ AlarmHistoryItems: page })));

  it("joins pages, keeps state changes alone, in order of time", () => {
    const action = { ...update("2026-01-01T00:00:30Z", "OK", "ALARM"), HistoryItemType: "Action" };
    const { value } = read(
      [update("2026-01-01T00:05:00Z", "ALARM", "OK"), action],
      [update("2026-01-01T00:00:00Z", "OK", "ALARM")],
    );
    expect(value.map(({ from, to }) => `${from}→${to}`)).toEqual(["OK→ALARM", "ALARM→OK"]);
  });
  it("reads the states from JSON that is cut, and from the summary where nothing of it is left", () => {
    const whole = update("2026-01-01T00:00:00Z", "OK", "ALARM");
    const cut = {
      ...whole,
      HistorySummary: null,
      HistoryData: `${whole.HistoryData.slice(0, -2)},"stateReasonData":{"recentDatapo`,
    };
    const gone = { ...whole, HistoryData: '{"version":"1.0","oldSta' };
    expect(read([cut, gone]).value).toHaveLength(2);
  });
  it("says which entry it had to leave out", () => {
    const unreadable = update("2026-01-01T00:00:00Z", "OK", "ALARM", { HistorySummary: "?", HistoryData: "{" });
    const odd = update("yesterday", "OK", "ALARM");
    const { value, flaws } = read([unreadable, odd, update("2026-01-01T00:01:00Z", "OK", "ALARM")]);
    expect(value).toHaveLength(1);
    expect(flaws).toEqual([
      expect.stringContaining("expected a time"),
      expect.stringContaining("2026-01-01T00:00:00Z"),
    ]);
  });
});

describe("describeAlarmChanges", () => {
  const entry = (data: unknown, HistoryItemType = "ConfigurationUpdate") => ({
    AlarmName: "a",
    Timestamp: "2026-01-01T00:00:00Z",
    HistoryItemType,
    HistorySummary: 'Alarm "a" updated',
    HistoryData: typeof data === "string" ? data : JSON.stringify(data),
  });
  const updated = (originalUpdatedFields: unknown) => entry({ version: "1.0", type: "Update", originalUpdatedFields });
  const read = (...items: unknown[]) =>
    describeAlarmChanges("a", { start: 0, end: 1 })
      .parse([{ AlarmHistoryItems: items }])
      .value.map(({ before }) => before);

  it("says what the settings were before, under the names that an alarm has here", () => {
    const fields = {
      threshold: 2,
      extendedStatistic: "p95",
      comparisonOperator: "GreaterThanThreshold",
      actionsEnabled: false,
    };
    expect(read(updated(fields))).toEqual([{ threshold: 2, statistic: "p95", comparison: "GreaterThanThreshold" }]);
  });
  it("tells a change of other things from one that it cannot read", () => {
    expect(read(updated({ alarmDescription: "b" }), updated({ threshold: "two" }), updated(undefined))).toEqual([
      {},
      null,
      null,
    ]);
    expect(read(entry('{"version":"1.0","type":"Update","updatedAl'))).toEqual([null]);
  });
  it("leaves out that the alarm was made, and its states", () => {
    expect(read(entry({ version: "1.0", type: "Create", createdAlarm: {} }), entry({}, "StateUpdate"))).toEqual([]);
  });
});
