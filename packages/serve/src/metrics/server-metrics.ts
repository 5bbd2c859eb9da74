import { Histogram } from './histogram';

/** Values that are read when somebody asks. */
export interface Gauges {
  readonly runningRows: number;
  readonly waitingRequests: number;
  readonly batchSteps: number;
  readonly batchRows: number;
  readonly batchPositions: number;
}

const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];

/** What the server counts; `render` is what Prometheus reads. */
export class ServerMetrics {
  readonly #requests = new Map<string, number>();
  #promptTokens = 0;
  #newTokens = 0;
  readonly #duration = new Histogram(
    'nexttoken_request_duration_seconds',
    'Time of a request for texts, from its arrival to its last byte.',
    seconds,
  );
  readonly #firstToken = new Histogram(
    'nexttoken_time_to_first_token_seconds',
    'Time from the arrival of a request to its first text.',
    seconds,
  );

  /** A request was answered. */
  request(endpoint: string, status: number): void {
    const labels = `endpoint="${endpoint}",status="${status}"`;
    this.#requests.set(labels, (this.#requests.get(labels) ?? 0) + 1);
  }

  tokens(prompt: number, fresh: number): void {
    this.#promptTokens += prompt;
    this.#newTokens += fresh;
  }

  duration(milliseconds: number): void {
    this.#duration.observe(milliseconds / 1000);
  }

  firstToken(milliseconds: number): void {
    this.#firstToken.observe(milliseconds / 1000);
  }

  render(gauges: Gauges): string {
    const single = (name: string, kind: 'counter' | 'gauge', help: string, value: number): string =>
      `# HELP ${name} ${help}\n# TYPE ${name} ${kind}\n${name} ${value}`;
    const requests = [...this.#requests].map(
      ([labels, count]) => `nexttoken_requests_total{${labels}} ${count}`,
    );
    return `${[
      '# HELP nexttoken_requests_total Answered requests.',
      '# TYPE nexttoken_requests_total counter',
      ...requests,
      single('nexttoken_prompt_tokens_total', 'counter', 'Tokens of prompts.', this.#promptTokens),
      single('nexttoken_generated_tokens_total', 'counter', 'New tokens.', this.#newTokens),
      single('nexttoken_running_rows', 'gauge', 'Rows that run now.', gauges.runningRows),
      single('nexttoken_waiting_requests', 'gauge', 'Requests in the queue.', gauges.waitingRequests),
      single('nexttoken_batch_steps_total', 'counter', 'Calls of the model.', gauges.batchSteps),
      single('nexttoken_batch_rows_total', 'counter', 'Rows that took part in them.', gauges.batchRows),
      single(
        'nexttoken_batch_positions_total',
        'counter',
        'Positions that they read.',
        gauges.batchPositions,
      ),
      this.#firstToken.render(),
      this.#duration.render(),
    ].join('\n')}\n`;
  }
}
