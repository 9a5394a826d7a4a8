/** One run of `npm run bench -- plan`. Times are medians of its rounds, in seconds. */
export interface PlanBench {
  /** From the push to the comment: a pull request that changes every stack of all environments. */
  readonly seconds: number;
  /** `cdktfSeconds` by `seconds`. */
  readonly ratio: number;
  /** `cdktf diff <stack>` of the same stacks, one after the other. */
  readonly cdktfSeconds: number;
  /** The same after a single `cdktf synth`, each with `--skip-synth`; measured once. */
  readonly cdktfOneSynthSeconds?: number;
  readonly oneSynthRatio?: number;
  /** Parts of `seconds`: what changes; the plans of all environments side by side; the comment. */
  readonly changedSeconds: number;
  readonly planSeconds: number;
  readonly commentSeconds: number;
  /** From the push to the comment when one setting of one environment changes, and how many stacks that plans. */
  readonly oneSetting: { readonly seconds: number; readonly stacks: number };
  readonly stacks: number;
  /** What both plan, by stack: `+1 ~2 -3`. */
  readonly plans: Readonly<Record<string, string>>;
  readonly rounds: number;
  readonly cores: number;
  /** Processes that wanted a core when the rounds began: load average of a minute. */
  readonly load: number;
}
