/** Prints pieces in the order of their index, each as soon as all before it are out: the same text whatever the number of threads. */
export class OrderedOutput {
  private readonly write: (text: string) => Promise<void>;
  private readonly waiting = new Map<number, string>();
  private next = 0;
  private tail: Promise<void> = Promise.resolve();

  constructor(write: (text: string) => Promise<void>) {
    this.write = write;
  }

  /** Before everything that has an index. */
  first(text: string): Promise<void> {
    this.tail = this.tail.then(() => this.write(text));
    return this.tail;
  }

  put(index: number, text: string): Promise<void> {
    this.waiting.set(index, text);
    while (this.waiting.has(this.next)) {
      const piece = this.waiting.get(this.next)!;
      this.waiting.delete(this.next);
      this.next += 1;
      if (piece !== '') this.tail = this.tail.then(() => this.write(piece));
    }
    return this.tail;
  }

  /** After a cancelled run: what waits behind a missing piece is finished work all the same. */
  async flush(): Promise<void> {
    for (const [, piece] of [...this.waiting].sort(([a], [b]) => a - b)) {
      if (piece !== '') this.tail = this.tail.then(() => this.write(piece));
    }
    this.waiting.clear();
    await this.tail;
  }
}
