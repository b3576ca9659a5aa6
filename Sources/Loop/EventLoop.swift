import CLinux
import Glibc
import Synchronization

// One thread per core, each with its own epoll, timers and run queue. A request lives on the loop
// that accepted its connection: its tasks, its timers and the database sockets it waits for all run
// there, so most of what it touches needs no lock.
//
// A tick is: poll → events → timers → jobs → end-of-tick hooks. Jobs run in rounds by swapping two
// arrays; what other threads enqueue goes through an inbox behind a mutex, with one wake-up for all.

/// One thread that waits for file descriptors and timers and runs the tasks that prefer it.
///
/// Everything but `enqueue`, `post`, `spawn`, `sleep`, `stop` and `join` must be called on the
/// loop's own thread (`EventLoop.current`).
// Safe because all state is touched on the loop's thread only, but for the inbox (a mutex) and the
// thread's handle (written before the thread starts, read by the one who joins).
package final class EventLoop: TaskExecutor, @unchecked Sendable {
    /// Its place in the group.
    package let index: Int

    let epoll: Int32
    let wake: Int32
    private let started = linux_monotonic_nanoseconds()
    private var thread: pthread_t?

    private var jobs: [UnownedJob] = []
    private var running: [UnownedJob] = []
    private var hooks: [() -> Void] = []
    private var runningHooks: [() -> Void] = []
    let inbox = Mutex(Inbox())

    var timers = TimerHeap()
    var removedWatchers: [FileDescriptorWatcher] = []
    private(set) var tick: UInt64 = 0
    private var isStopping = false

    /// Nanoseconds since the loop was made, read once a tick.
    package private(set) var nanoseconds: UInt64 = 0

    /// How many file descriptors were ready in this tick: a sign of load, for batching.
    package private(set) var eventsThisTick = 0

    package init(index: Int = 0) {
        self.index = index
        epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
        wake = eventfd(0, Int32(EFD_NONBLOCK) | Int32(EFD_CLOEXEC))
        precondition(epoll >= 0 && wake >= 0, "a loop needs two file descriptors at start")
        precondition(linux_epoll_add(epoll, wake, Interest.read.rawValue, nil) == 0)
    }

    deinit {
        close(wake)
        close(epoll)
    }

    /// The loop whose thread this is.
    package static var current: EventLoop? {
        linux_thread_slot().map { Unmanaged<EventLoop>.fromOpaque($0).takeUnretainedValue() }
    }

    package var isCurrent: Bool {
        linux_thread_slot() == Unmanaged.passUnretained(self).toOpaque()
    }

    /// Monotonic time since the loop was made, read once a tick.
    package var now: Duration { .nanoseconds(Int64(clamping: nanoseconds)) }

    // MARK: Queueing

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if isCurrent {
            jobs.append(job)
        } else {
            deliver { $0.jobs.append(job) }
        }
    }

    /// Runs `work` on the loop's thread in one of the next ticks. From any thread.
    package func post(_ work: @escaping @Sendable () -> Void) {
        deliver { $0.work.append(work) }
    }

    /// Runs `work` once, when this tick's events, timers and jobs are done. It may enqueue more.
    ///
    /// This is where work of one tick becomes one system call: a sync on a database link, the end
    /// of a read snapshot.
    package func afterTick(_ work: @escaping () -> Void) {
        assert(isCurrent)
        hooks.append(work)
    }

    private func deliver(_ add: (inout Inbox) -> Void) {
        let isFirst = inbox.withLock { inbox in
            let wasEmpty = inbox.isEmpty
            add(&inbox)
            return wasEmpty
        }
        if isFirst { linux_eventfd_signal(wake) }
    }

    // MARK: Running

    /// Starts the loop's thread.
    package func start() {
        precondition(thread == nil, "a loop starts once")
        thread = startThread(named: "loop-\(index)") { self.run() }
    }

    /// Asks the loop to end after its current tick. From any thread.
    package func stop() {
        post { self.isStopping = true }
    }

    /// Waits until a stopped loop's thread has ended.
    package func join() {
        guard let thread else { return }
        pthread_join(thread, nil)
    }

    private func run() {
        linux_set_thread_slot(Unmanaged.passUnretained(self).toOpaque())
        let events = UnsafeMutablePointer<epoll_event>.allocate(capacity: Self.eventsPerPoll)
        defer {
            events.deallocate()
            timers = TimerHeap()
            linux_set_thread_slot(nil)
        }
        while !isStopping { runTick(events) }
    }

    private func runTick(_ events: UnsafeMutablePointer<epoll_event>) {
        let isIdle = jobs.isEmpty && hooks.isEmpty
        let ready = epoll_wait(
            epoll, events, Int32(Self.eventsPerPoll), isIdle ? pollMilliseconds() : 0)
        tick &+= 1
        nanoseconds = linux_monotonic_nanoseconds() &- started
        dispatch(UnsafeBufferPointer(start: events, count: max(0, Int(ready))))
        fireTimers()
        runJobs()
        runHooks()
    }

    private func dispatch(_ events: UnsafeBufferPointer<epoll_event>) {
        eventsThisTick = events.count
        for event in events {
            guard let pointer = event.data.ptr else {
                eventsThisTick -= 1
                emptyInbox()
                continue
            }
            Unmanaged<FileDescriptorWatcher>.fromOpaque(pointer)._withUnsafeGuaranteedRef {
                $0.dispatch(Interest(rawValue: event.events), tick: tick)
            }
        }
        if !removedWatchers.isEmpty { removedWatchers.removeAll(keepingCapacity: true) }
    }

    private func emptyInbox() {
        linux_eventfd_clear(wake)
        let work = inbox.withLock { inbox in
            jobs.append(contentsOf: inbox.jobs)
            inbox.jobs.removeAll(keepingCapacity: true)
            return inbox.takeWork()
        }
        for item in work { item() }
    }

    /// A round runs what the last one enqueued. The number of rounds is bounded, so that tasks which
    /// yield for ever do not keep sockets and timers waiting.
    private func runJobs() {
        let executor = asUnownedTaskExecutor()
        for _ in 0..<Self.roundsPerTick where !jobs.isEmpty {
            swap(&jobs, &running)
            for job in running { job.runSynchronously(on: executor) }
            running.removeAll(keepingCapacity: true)
        }
    }

    private func runHooks() {
        if hooks.isEmpty { return }
        swap(&hooks, &runningHooks)
        for hook in runningHooks { hook() }
        runningHooks.removeAll(keepingCapacity: true)
    }

    /// Until the next timer, rounded up so that the loop does not spin before it.
    private func pollMilliseconds() -> Int32 {
        guard let next = timers.nextDeadline else { return -1 }
        let now = linux_monotonic_nanoseconds() &- started
        return next <= now ? 0 : Int32(clamping: (next - now + 999_999) / 1_000_000)
    }

    private static let eventsPerPoll = 512
    private static let roundsPerTick = 16
}

/// What other threads have given to a loop.
struct Inbox {
    var jobs: [UnownedJob] = []
    var work: [@Sendable () -> Void] = []

    var isEmpty: Bool { jobs.isEmpty && work.isEmpty }

    mutating func takeWork() -> [@Sendable () -> Void] {
        defer { work = [] }
        return work
    }
}
