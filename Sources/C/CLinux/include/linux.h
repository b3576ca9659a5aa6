#pragma once
// What Glibc's module does not give Swift: epoll, eventfd, accept4, errno, a thread's own slot.
// _GNU_SOURCE is defined in linux.c only: a header that Swift sees must not define it.
#include <stdint.h>
#include <stddef.h>
#include <errno.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/random.h>

/// The calling thread's errno.
static inline int linux_errno(void) { return errno; }

/// A pointer kept per thread: which event loop this thread is.
void *_Nullable linux_thread_slot(void);
void linux_set_thread_slot(void *_Nullable pointer);

/// An IP address and a port in the machine's byte order. An IPv4 address is the low 32 bits.
struct linux_address {
    uint64_t high;
    uint64_t low;
    uint16_t port;
    int is_v6;
};

/// accept4 with SOCK_NONBLOCK | SOCK_CLOEXEC; `peer` is set. -1 and errno as accept4.
int linux_accept(int listener, struct linux_address *_Nonnull peer);

/// A listening TCP socket, non-blocking and without Nagle's delay, which accepted ones inherit.
/// Without `shared` it fails when another socket listens there. -1 and errno on failure.
int linux_listen(const struct linux_address *_Nonnull address, int shared, int backlog);

/// The port a socket is bound to.
int linux_local_port(int fd);

/// The addresses of a host name, at most `limit`. Their number, or -1. Blocks.
int linux_resolve(const char *_Nonnull host, struct linux_address *_Nonnull found, int limit);

/// send without a signal when the peer is gone.
ptrdiff_t linux_send(int fd, const void *_Nonnull bytes, size_t count);

/// The same for several pieces at once.
struct iovec;
ptrdiff_t linux_send_pieces(int fd, struct iovec *_Nonnull pieces, int count);

/// epoll_ctl with a pointer as the event's data.
int linux_epoll_add(int epoll, int fd, uint32_t events, void *_Nullable data);
int linux_epoll_modify(int epoll, int fd, uint32_t events, void *_Nullable data);
int linux_epoll_remove(int epoll, int fd);

/// CLOCK_MONOTONIC in nanoseconds.
uint64_t linux_monotonic_nanoseconds(void);

/// Adds one to an eventfd, and takes all from it.
void linux_eventfd_signal(int fd);
void linux_eventfd_clear(int fd);

/// Names the calling thread for `top` and `perf`; 15 bytes are kept.
void linux_name_thread(const char *_Nonnull name);
