/** What a module must answer: a sentence, what it is asked, the answer. The module is handed in, so that it can be changed. */
export type ModuleRow<Module> = readonly [name: string, ask: (module: Module) => unknown, answer: unknown];

/** Rows that hold the thresholds of a module outside the signals, on both sides of each and closer than a tenth of it. */
export interface Held<Module> {
  /** Path of the module, from the project's folder. */
  readonly module: string;
  readonly rows: readonly ModuleRow<Module>[];
}
