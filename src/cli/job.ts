/** Whether a shell here can stop a program and let it go on. */
export const hasJobs = process.platform !== "win32";

/** How long a process that nobody can continue waits before it takes up its work again, milliseconds. */
const UNSTOPPED = 200;

/** Stops this job, as Ctrl-Z does where no program reads the keys itself, until the shell continues it. */
export function stopped(continued: () => void): void {
  // Who listens would be called in place of being stopped.
  const listeners = process.listeners("SIGTSTP");
  for (const listener of listeners) process.off("SIGTSTP", listener);
  const again = () => {
    process.off("SIGCONT", again);
    clearTimeout(timer);
    for (const listener of listeners) process.on("SIGTSTP", listener);
    continued();
  };
  process.on("SIGCONT", again);
  // Without a shell the system does not stop it, and no signal comes (POSIX, orphaned process groups).
  const timer = setTimeout(again, UNSTOPPED);
  // All of the job: what started it, like npx, has to stop too, or the shell would go on waiting for that.
  process.kill(0, "SIGTSTP");
}
