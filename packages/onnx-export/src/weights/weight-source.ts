import type { Checkpoint } from '@nexttoken/checkpoint';
import { chooseFormat, type FormatSettings, type MatrixUse } from './choose-format';
import { describeFormat, type MatrixFormat } from './matrix-format';
import type { WeightPart } from './weight-part';
import { WeightPlan } from './weight-plan';

/** Where a graph's weights come from, in which formats, and where they will lie. */
export class WeightSource {
  readonly plan = new WeightPlan();
  readonly #formats = new Map<string, number>();

  constructor(
    readonly checkpoint: Pick<Checkpoint, 'tensors' | 'metadata'>,
    readonly settings: FormatSettings,
  ) {}

  /** The format of one matrix; see `chooseFormat`. */
  formatOf(part: WeightPart, use: MatrixUse): MatrixFormat {
    return chooseFormat(this.checkpoint, part, this.settings, use);
  }

  /** Notes that matrices run in a format, for the report. */
  used(format: MatrixFormat, matrices: number): void {
    const name = describeFormat(format);
    this.#formats.set(name, (this.#formats.get(name) ?? 0) + matrices);
  }

  /** How many matrices run in which format, in words. */
  get formats(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#formats);
  }
}
