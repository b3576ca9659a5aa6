import CLinux
import Glibc

/// Starts a thread that takes no signals: those are for the main thread. Somebody joins or
/// detaches it.
package func startThread(named name: String, _ body: @escaping () -> Void) -> pthread_t {
    var all = sigset_t()
    var previous = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_BLOCK, &all, &previous)
    defer { pthread_sigmask(SIG_SETMASK, &previous, nil) }

    var thread = pthread_t()
    let box = Unmanaged.passRetained(ThreadBody(name: name, run: body))
    let failure = pthread_create(
        &thread, nil,
        { pointer in
            let body = Unmanaged<ThreadBody>.fromOpaque(pointer!).takeRetainedValue()
            linux_name_thread(body.name)
            body.run()
            return nil
        }, box.toOpaque())
    precondition(failure == 0, "the system gives threads at start")
    return thread
}

private final class ThreadBody {
    let name: String
    let run: () -> Void

    init(name: String, run: @escaping () -> Void) {
        self.name = name
        self.run = run
    }
}
