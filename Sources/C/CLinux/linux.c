#define _GNU_SOURCE
#include "linux.h"
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

static __thread void *slot;

void *linux_thread_slot(void) { return slot; }
void linux_set_thread_slot(void *pointer) { slot = pointer; }

static uint64_t word(const uint8_t *bytes) {
    uint64_t value = 0;
    for (int index = 0; index < 8; index++) value = value << 8 | bytes[index];
    return value;
}

static void read_address(const struct sockaddr_storage *from, struct linux_address *to) {
    if (from->ss_family == AF_INET6) {
        const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)from;
        *to = (struct linux_address){.high = word(six->sin6_addr.s6_addr),
                                     .low = word(six->sin6_addr.s6_addr + 8),
                                     .port = ntohs(six->sin6_port),
                                     .is_v6 = 1};
    } else {
        const struct sockaddr_in *four = (const struct sockaddr_in *)from;
        *to = (struct linux_address){.low = ntohl(four->sin_addr.s_addr),
                                     .port = ntohs(four->sin_port)};
    }
}

static socklen_t write_address(const struct linux_address *from, struct sockaddr_storage *to) {
    memset(to, 0, sizeof *to);
    if (from->is_v6) {
        struct sockaddr_in6 *six = (struct sockaddr_in6 *)to;
        six->sin6_family = AF_INET6;
        six->sin6_port = htons(from->port);
        for (int index = 0; index < 8; index++) {
            six->sin6_addr.s6_addr[index] = (uint8_t)(from->high >> (56 - 8 * index));
            six->sin6_addr.s6_addr[index + 8] = (uint8_t)(from->low >> (56 - 8 * index));
        }
        return sizeof *six;
    }
    struct sockaddr_in *four = (struct sockaddr_in *)to;
    four->sin_family = AF_INET;
    four->sin_port = htons(from->port);
    four->sin_addr.s_addr = htonl((uint32_t)from->low);
    return sizeof *four;
}

int linux_accept(int listener, struct linux_address *peer) {
    struct sockaddr_storage storage = {0};
    socklen_t length = sizeof storage;
    int fd = accept4(
        listener, (struct sockaddr *)&storage, &length, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd >= 0) read_address(&storage, peer);
    return fd;
}

int linux_listen(const struct linux_address *address, int shared, int backlog) {
    struct sockaddr_storage storage;
    socklen_t length = write_address(address, &storage);
    int on = 1;
    int fd = socket(storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) return -1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (shared) setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on);
    if (address->is_v6) setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (bind(fd, (struct sockaddr *)&storage, length) == 0 && listen(fd, backlog) == 0) return fd;
    int failure = errno;
    close(fd);
    errno = failure;
    return -1;
}

int linux_local_port(int fd) {
    struct sockaddr_storage storage = {0};
    socklen_t length = sizeof storage;
    struct linux_address address = {0};
    if (getsockname(fd, (struct sockaddr *)&storage, &length) != 0) return -1;
    read_address(&storage, &address);
    return address.port;
}

int linux_resolve(const char *host, struct linux_address *found, int limit) {
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
    struct addrinfo *list = NULL;
    if (getaddrinfo(host, NULL, &hints, &list) != 0) return -1;
    int count = 0;
    for (struct addrinfo *item = list; item && count < limit; item = item->ai_next) {
        if (item->ai_family != AF_INET && item->ai_family != AF_INET6) continue;
        struct sockaddr_storage storage = {0};
        memcpy(&storage, item->ai_addr, item->ai_addrlen);
        read_address(&storage, &found[count++]);
    }
    freeaddrinfo(list);
    return count;
}

ptrdiff_t linux_send(int fd, const void *bytes, size_t count) {
    return send(fd, bytes, count, MSG_NOSIGNAL);
}

ptrdiff_t linux_send_pieces(int fd, struct iovec *pieces, int count) {
    struct msghdr message = {.msg_iov = pieces, .msg_iovlen = (size_t)count};
    return sendmsg(fd, &message, MSG_NOSIGNAL);
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
