/** An alarm that the user means. Region and account are null where what was given does not tell them. */
export interface AlarmGiven {
  readonly name: string;
  readonly region: string | null;
  readonly account: string | null;
  /** The alarm as DescribeAlarms gives it; absent where something else was given. */
  readonly described?: object;
}
