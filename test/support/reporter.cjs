// Mocha's spec report, closed by one plain line: N passed, N failed. What was skipped stands in a line before it.
const { reporters } = require('mocha');

module.exports = class extends reporters.Spec {
  epilogue() {
    super.epilogue();
    const { passes, failures, pending } = this.stats;
    if (pending > 0) process.stdout.write(`${pending} skipped\n`);
    process.stdout.write(`${passes} passed, ${failures} failed\n`);
  }
};
