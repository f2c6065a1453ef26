// Counts verdicts, tells the faults, and ends with `N passed, N failed`.

export class Tally {
  #passed = 0;
  #failed = 0;

  constructor(name) {
    this.name = name;
  }

  /** One thing judged: it passes if there is no fault to tell. */
  judge(subject, faults) {
    if (faults.length === 0) {
      this.#passed += 1;
      return;
    }
    this.#failed += 1;
    console.log(`FAILED ${subject}`);
    for (const fault of faults) {
      console.log(`  ${fault}`);
    }
  }

  /** A referee that has judged nothing has failed. */
  close() {
    if (this.#passed + this.#failed === 0) {
      this.judge("nothing to judge", ["no file was given, or none was found"]);
    }
    console.log(`${this.name}: ${this.#passed} passed, ${this.#failed} failed`);
    process.exitCode = this.#failed === 0 ? 0 : 1;
  }
}
