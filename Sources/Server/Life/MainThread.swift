import Loop

/// Runs a command's task on the thread that calls `run`, so that a program needs no thread beside
/// its loops.
///
/// An `async` main would hand the main thread to Dispatch, which lets it take every signal: SIGTERM
/// would end the process and not ask it to stop.
// Safe because all state is read and written under `lock`.
package final class MainThread: TaskExecutor, @unchecked Sendable {
    private let lock = ThreadCondition()
    private var jobs: [UnownedJob] = []
    private var status: Int32?

    package init() {}

    /// Returns what `body` returns.
    package func run(_ body: @escaping @Sendable () async -> Int32) -> Int32 {
        Task(executorPreference: self) { [self] in finish(await body()) }
        while true {
            let (jobs, status) = take()
            for job in jobs { job.runSynchronously(on: asUnownedTaskExecutor()) }
            if let status { return status }
        }
    }

    private func finish(_ status: Int32) {
        lock.locked {
            self.status = status
            lock.wakeOne()
        }
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        lock.locked {
            jobs.append(job)
            lock.wakeOne()
        }
    }

    /// Waits for work or for the end.
    private func take() -> ([UnownedJob], Int32?) {
        lock.locked {
            while jobs.isEmpty, status == nil { lock.wait() }
            defer { jobs = [] }
            return (jobs, status)
        }
    }
}
