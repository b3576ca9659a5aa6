/// Work that a loop does at a later time, unless it is cancelled. Used on the loop's thread only.
package final class Timer {
    fileprivate(set) var deadline: UInt64
    private let loop: EventLoop
    private var work: (() -> Void)?
    fileprivate var position = Timer.unscheduled

    fileprivate static let unscheduled = -1

    init(loop: EventLoop, deadline: UInt64, work: @escaping () -> Void) {
        self.loop = loop
        self.deadline = deadline
        self.work = work
    }

    package var isScheduled: Bool { position != Self.unscheduled }

    /// Takes the timer out. Does nothing when it has fired already.
    package func cancel() {
        if isScheduled { loop.timers.remove(self) }
        work = nil
    }

    /// Sets the timer anew, whether it has fired or not. A cancelled timer stays cancelled.
    package func reschedule(after delay: Duration) {
        guard work != nil else { return }
        if isScheduled { loop.timers.remove(self) }
        deadline = loop.deadline(after: delay)
        loop.timers.insert(self)
    }

    fileprivate func fire() { work?() }
}

extension EventLoop {
    /// Runs `work` once after `delay`, on the loop. Counted from the start of this tick.
    @discardableResult
    package func schedule(after delay: Duration, _ work: @escaping () -> Void) -> Timer {
        assert(isCurrent)
        let timer = Timer(loop: self, deadline: deadline(after: delay), work: work)
        timers.insert(timer)
        return timer
    }

    func deadline(after delay: Duration) -> UInt64 {
        let (seconds, attoseconds) = delay.components
        if seconds < 0 { return nanoseconds }
        let (whole, overflow) = UInt64(seconds).multipliedReportingOverflow(by: 1_000_000_000)
        let sum = nanoseconds.addingReportingOverflow(whole)
        if overflow || sum.overflow { return .max }
        return sum.partialValue &+ UInt64(max(0, attoseconds) / 1_000_000_000)
    }
}

/// The timers of a loop, soonest first: a binary heap in which each timer knows its place, so that
/// cancelling takes it out at once and a loop never carries dead ones.
struct TimerHeap {
    private struct Entry {
        let deadline: UInt64
        /// Timers of one deadline fire in the order in which they were made.
        let sequence: UInt64
        let timer: Timer

        static func < (left: Entry, right: Entry) -> Bool {
            (left.deadline, left.sequence) < (right.deadline, right.sequence)
        }
    }

    private var entries: [Entry] = []
    private var sequence: UInt64 = 0

    var nextDeadline: UInt64? { entries.first?.deadline }
    var count: Int { entries.count }

    mutating func insert(_ timer: Timer) {
        sequence &+= 1
        entries.append(Entry(deadline: timer.deadline, sequence: sequence, timer: timer))
        timer.position = entries.count - 1
        siftUp(from: entries.count - 1)
    }

    mutating func remove(_ timer: Timer) {
        let position = timer.position
        timer.position = Timer.unscheduled
        let last = entries.removeLast()
        guard position < entries.count else { return }
        place(last, at: position)
        siftDown(from: position)
        siftUp(from: position)
    }

    private mutating func siftUp(from start: Int) {
        var index = start
        while index > 0 {
            let parent = (index - 1) / 2
            guard entries[index] < entries[parent] else { return }
            exchange(index, parent)
            index = parent
        }
    }

    private mutating func siftDown(from start: Int) {
        var index = start
        while true {
            var least = index
            for child in [2 * index + 1, 2 * index + 2]
            where child < entries.count && entries[child] < entries[least] {
                least = child
            }
            if least == index { return }
            exchange(index, least)
            index = least
        }
    }

    private mutating func exchange(_ left: Int, _ right: Int) {
        entries.swapAt(left, right)
        entries[left].timer.position = left
        entries[right].timer.position = right
    }

    private mutating func place(_ entry: Entry, at index: Int) {
        entries[index] = entry
        entry.timer.position = index
    }

    /// Takes out the first timer that is due.
    fileprivate mutating func takeFirst(until now: UInt64) -> Timer? {
        guard let first = entries.first, first.deadline <= now else { return nil }
        remove(first.timer)
        return first.timer
    }
}

extension TimerHeap {
    /// Fires what is due. A timer may set and cancel others, itself included, while it fires; one
    /// that it sets for now waits for the next tick.
    mutating func takeDue(until now: UInt64) -> [Timer] {
        var due: [Timer] = []
        while let timer = takeFirst(until: now) { due.append(timer) }
        return due
    }
}

extension EventLoop {
    func fireTimers() {
        guard let next = timers.nextDeadline, next <= nanoseconds else { return }
        for timer in timers.takeDue(until: nanoseconds) where !timer.isScheduled { timer.fire() }
    }
}
