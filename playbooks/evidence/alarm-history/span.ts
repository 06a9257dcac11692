/**
 * How far the alarm's history is read: a week shows yesterday's flapping beside today's, and stays well inside the 30
 * days that CloudWatch keeps (DescribeAlarmHistory, API reference).
 */
export const HISTORY = 7 * 86_400;
