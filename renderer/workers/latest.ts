/** Runs one thing at a time; of what is asked meanwhile only the newest is kept. For a handle that is being dragged. */
export class Latest<Request, Answer> {
  private running = false;
  private waiting: Request | null = null;

  private readonly work: (request: Request) => Promise<Answer>;
  private readonly land: (request: Request, answer: Answer) => void;
  private readonly onIdle: () => void;

  constructor(
    work: (request: Request) => Promise<Answer>,
    land: (request: Request, answer: Answer) => void,
    onIdle: () => void = () => {},
  ) {
    this.work = work;
    this.land = land;
    this.onIdle = onIdle;
  }

  get busy(): boolean {
    return this.running;
  }

  /** Something newer is asked for than what runs. */
  get waits(): boolean {
    return this.waiting !== null;
  }

  ask(request: Request): void {
    if (this.running) this.waiting = request;
    else void this.go(request);
  }

  drop(): void {
    this.waiting = null;
  }

  private async go(first: Request): Promise<void> {
    this.running = true;
    let request: Request | null = first;
    while (request !== null) {
      const answer: Answer = await this.work(request);
      this.land(request, answer);
      request = this.waiting;
      this.waiting = null;
    }
    this.running = false;
    this.onIdle();
  }
}
