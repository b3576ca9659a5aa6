// Tells ThreadSanitizer about the contended path of Swift's Mutex.
//
// The fast path is inlined into our code and instrumented; the slow path is in libswiftSynchronization,
// which is not, so a lock that was waited for looks like no lock at all. Loaded with LD_PRELOAD by
// `dev check`, this stands before the two functions of the slow path and adds what is missing. A
// program of two threads that append to one Mutex<[Int]> shows both: races without, none with it.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>

#define LOCK_SLOW "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK_SLOW "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

typedef __attribute__((swiftcall)) void lock_slow(uint32_t, __attribute__((swift_context)) void *);
typedef __attribute__((swiftcall)) void unlock_slow(__attribute__((swift_context)) void *);

static void tell(const char *what, void *lock) {
    void (*function)(void *) = (void (*)(void *))dlsym(RTLD_DEFAULT, what);
    if (function) function(lock);
}

__attribute__((swiftcall)) void tsan_lock_slow(
    uint32_t thread, __attribute__((swift_context)) void *lock) __asm__(LOCK_SLOW);
__attribute__((swiftcall)) void tsan_unlock_slow(
    __attribute__((swift_context)) void *lock) __asm__(UNLOCK_SLOW);

__attribute__((swiftcall)) void tsan_lock_slow(
    uint32_t thread, __attribute__((swift_context)) void *lock) {
    static lock_slow *original;
    if (!original) original = (lock_slow *)dlsym(RTLD_NEXT, LOCK_SLOW);
    original(thread, lock);
    tell("__tsan_acquire", lock);
}

__attribute__((swiftcall)) void tsan_unlock_slow(__attribute__((swift_context)) void *lock) {
    static unlock_slow *original;
    if (!original) original = (unlock_slow *)dlsym(RTLD_NEXT, UNLOCK_SLOW);
    tell("__tsan_release", lock);
    original(lock);
}
