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

/// accept4 with SOCK_NONBLOCK | SOCK_CLOEXEC. -1 and errno as accept4.
int linux_accept(int listener);

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
