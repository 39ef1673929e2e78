/* Tells the thread sanitizer of the two moments of Swift's Mutex that it can't see: a contended lock is handed over by the kernel (a PI futex)
 * inside libswiftSynchronization, which isn't instrumented, so that every contended Mutex would look like a race. Loaded before the library
 * (LD_PRELOAD); what has no contention runs inline in instrumented code and needs nothing. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>
#include <stdlib.h>

void __tsan_acquire(void *address) __attribute__((weak));
void __tsan_release(void *address) __attribute__((weak));

#define HANDLE __attribute__((swift_context)) void *handle
#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

typedef __attribute__((swiftcall)) void lock_function(uint32_t self, HANDLE);
typedef __attribute__((swiftcall)) void unlock_function(HANDLE);

__attribute__((swiftcall)) void lock(uint32_t self, HANDLE) __asm__(LOCK);
__attribute__((swiftcall)) void unlock(HANDLE) __asm__(UNLOCK);

static void *next(const char *name) {
    void *found = dlsym(RTLD_NEXT, name);
    if (!found) abort(); /* another release of Swift: look how its Mutex does it now */
    return found;
}

__attribute__((swiftcall)) void lock(uint32_t self, HANDLE) {
    ((lock_function *)next(LOCK))(self, handle);
    if (__tsan_acquire) __tsan_acquire(handle);
}

__attribute__((swiftcall)) void unlock(HANDLE) {
    if (__tsan_release) __tsan_release(handle);
    ((unlock_function *)next(UNLOCK))(handle);
}
