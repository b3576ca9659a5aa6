#define _GNU_SOURCE
#include "linux.h"
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static __thread void *slot;

void *linux_thread_slot(void) { return slot; }
void linux_set_thread_slot(void *pointer) { slot = pointer; }

int linux_accept(int listener) {
    return accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
}

int linux_epoll_add(int epoll, int fd, uint32_t events, void *data) {
    struct epoll_event event = {.events = events, .data = {.ptr = data}};
    return epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
}

int linux_epoll_modify(int epoll, int fd, uint32_t events, void *data) {
    struct epoll_event event = {.events = events, .data = {.ptr = data}};
    return epoll_ctl(epoll, EPOLL_CTL_MOD, fd, &event);
}

int linux_epoll_remove(int epoll, int fd) { return epoll_ctl(epoll, EPOLL_CTL_DEL, fd, NULL); }

uint64_t linux_monotonic_nanoseconds(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

void linux_eventfd_signal(int fd) {
    uint64_t one = 1;
    ssize_t written = write(fd, &one, sizeof one);
    (void)written;
}

void linux_eventfd_clear(int fd) {
    uint64_t count;
    ssize_t taken = read(fd, &count, sizeof count);
    (void)taken;
}

void linux_name_thread(const char *name) {
    char kept[16];
    snprintf(kept, sizeof kept, "%s", name);
    pthread_setname_np(pthread_self(), kept);
}
