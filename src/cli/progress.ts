// A progress bar on a terminal, a line every tenth elsewhere.

export interface Progress {
  show(share: number, what: string): void;
  end(): void;
}

export function showProgress(title: string): Progress {
  const started = Date.now();
  const width = 30;
  let lastTenth = -1;
  console.log(title);
  return {
    show(share, what) {
      const seconds = Math.round((Date.now() - started) / 1000);
      const filled = Math.round(share * width);
      const line = `[${'#'.repeat(filled)}${'.'.repeat(width - filled)}] ${String(Math.round(share * 100)).padStart(3)} % ${what} ${seconds} s`;
      if (process.stdout.isTTY) process.stdout.write(`\r${line.padEnd(70)}`);
      else if (Math.floor(share * 10) > lastTenth) {
        lastTenth = Math.floor(share * 10);
        console.log(line);
      }
    },
    end() {
      if (process.stdout.isTTY) process.stdout.write('\n');
    },
  };
}
