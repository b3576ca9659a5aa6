import CLinux
import Glibc

/// What one waits for on a file descriptor, and what has come. The bits are epoll's.
package struct Interest: OptionSet, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) { self.rawValue = rawValue }

    package static var none: Interest { Interest(rawValue: 0) }
    package static var read: Interest { Interest(rawValue: EPOLLIN.rawValue) }
    package static var write: Interest { Interest(rawValue: EPOLLOUT.rawValue) }
    /// The peer has closed its sending half. Must be asked for.
    package static var readClosed: Interest { Interest(rawValue: EPOLLRDHUP.rawValue) }
    /// Error or hang-up: always reported, never asked for.
    package static var failed: Interest {
        Interest(rawValue: EPOLLERR.rawValue | EPOLLHUP.rawValue)
    }
}

/// The owner of a file descriptor that a loop watches.
package protocol FileDescriptorHandler: AnyObject {
    /// Called on the loop's thread. Level-triggered: called again until the cause is gone. A call
    /// may come without cause, so reads and writes must not block.
    func fileDescriptorIsReady(_ events: Interest)
}

/// The tie between a loop and a file descriptor.
///
/// It keeps its handler alive until it is removed. `remove` before the descriptor is closed; a
/// descriptor that a library replaces (libpq while connecting) is followed by `replace`.
package final class FileDescriptorWatcher {
    package private(set) var descriptor: Int32
    package private(set) var interest: Interest
    private unowned let loop: EventLoop
    private var handler: (any FileDescriptorHandler)?
    /// Events of the tick in which it was added are not its own: they were for a descriptor of the
    /// same watcher before.
    private var addedIn: UInt64 = 0

    fileprivate init(
        loop: EventLoop, descriptor: Int32, interest: Interest, handler: any FileDescriptorHandler
    ) {
        self.loop = loop
        self.descriptor = descriptor
        self.interest = interest
        self.handler = handler
    }

    package var isRemoved: Bool { handler == nil }

    /// Changes what is waited for; an empty interest still hears of failures.
    package func change(to interest: Interest) {
        if interest == self.interest || isRemoved { return }
        self.interest = interest
        _ = linux_epoll_modify(loop.epoll, descriptor, interest.rawValue, opaque)
    }

    /// Ends watching. The handler is let go at the end of the loop's batch of events.
    package func remove() {
        if isRemoved { return }
        _ = linux_epoll_remove(loop.epoll, descriptor)
        handler = nil
        loop.removedWatchers.append(
            Unmanaged<FileDescriptorWatcher>.fromOpaque(opaque).takeRetainedValue())
    }

    /// Tells another handler from now on, of the same events.
    package func pass(to handler: any FileDescriptorHandler) {
        if !isRemoved { self.handler = handler }
    }

    /// Watches another descriptor from now on. The old one may be closed already. False when the
    /// new one cannot be watched.
    package func replace(with descriptor: Int32, for interest: Interest) -> Bool {
        if isRemoved { return false }
        _ = linux_epoll_remove(loop.epoll, self.descriptor)
        self.descriptor = descriptor
        self.interest = interest
        return add()
    }

    fileprivate func add() -> Bool {
        addedIn = loop.tick
        return linux_epoll_add(loop.epoll, descriptor, interest.rawValue, opaque) == 0
    }

    @inline(__always)
    func dispatch(_ events: Interest, tick: UInt64) {
        if let handler, addedIn != tick { handler.fileDescriptorIsReady(events) }
    }

    private var opaque: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }
}

extension EventLoop {
    /// Watches `descriptor` until the watcher is removed. Nil when the system refuses: the
    /// descriptor is closed, watched already or of a kind that is always ready.
    package func watch(
        _ descriptor: Int32, for interest: Interest, _ handler: any FileDescriptorHandler
    ) -> FileDescriptorWatcher? {
        assert(isCurrent)
        let watcher = FileDescriptorWatcher(
            loop: self, descriptor: descriptor, interest: interest, handler: handler)
        guard watcher.add() else { return nil }
        _ = Unmanaged.passRetained(watcher)
        return watcher
    }
}
