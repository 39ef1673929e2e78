#define _GNU_SOURCE
#include "CLinux.h"

#include <grp.h>
#include <linux/fs.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/timex.h>
#include <sys/vfs.h>

int ecocd_rename_noreplace(int from_directory, const char *from, int to_directory, const char *to) {
    return renameat2(from_directory, from, to_directory, to, RENAME_NOREPLACE);
}

int ecocd_openat2(int directory, const char *path, uint64_t flags, uint64_t mode, uint64_t resolve) {
    struct open_how how = {.flags = flags, .mode = mode, .resolve = resolve};
    return (int)syscall(SYS_openat2, directory, path, &how, sizeof how);
}

int ecocd_syncfs(int descriptor) { return syncfs(descriptor); }

int ecocd_file_system_type(int descriptor, uint32_t *type) {
    struct statfs system;
    if (fstatfs(descriptor, &system) == -1) return -1;
    *type = (uint32_t)system.f_type;
    return 0;
}

ssize_t ecocd_copy_file_range(int from, int to, size_t count) {
    return copy_file_range(from, NULL, to, NULL, count, 0);
}

int ecocd_share_blocks(int to, int from) { return ioctl(to, FICLONE, from); }

int ecocd_probe_read_lease(int descriptor) {
    // A writer that opens the file while we hold the lease makes the kernel signal us: by default SIGIO, which would end the process.
    if (fcntl(descriptor, F_SETSIG, SIGURG) == -1) return -1;
    if (fcntl(descriptor, F_SETLEASE, F_RDLCK) == -1) return -1;
    return fcntl(descriptor, F_SETLEASE, F_UNLCK);
}

int ecocd_accept(int socket) { return accept4(socket, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK); }

int ecocd_peer_identity(int socket, pid_t *pid, uid_t *uid, gid_t *gid) {
    struct ucred identity;
    socklen_t size = sizeof identity;
    if (getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &identity, &size) == -1) return -1;
    *pid = identity.pid;
    *uid = identity.uid;
    *gid = identity.gid;
    return 0;
}

const char *ecocd_error_text(int code) {
    const char *text = strerrordesc_np(code);
    return text ? text : "unknown error";
}

void ecocd_name_thread(const char *name) { (void)pthread_setname_np(pthread_self(), name); }

int ecocd_ancillary_groups(const char *user, gid_t group, gid_t *groups, int *count) {
    return getgrouplist(user, group, groups, count);
}

int ecocd_clock_is_synchronized(void) {
    struct timex state = {.modes = 0};
    int result = adjtimex(&state);
    if (result == -1) return -1;
    return result != TIME_ERROR && !(state.status & STA_UNSYNC);
}

int ecocd_become(const char *name, uid_t user, gid_t group) {
    if (initgroups(name, group) == -1) return -1;
    if (setresgid(group, group, group) == -1) return -1;
    return setresuid(user, user, user);
}

int ecocd_set_dumpable(int dumpable) {
    return prctl(PR_SET_DUMPABLE, dumpable, 0, 0, 0);
}

int ecocd_dumpable(void) {
    return prctl(PR_GET_DUMPABLE, 0, 0, 0, 0);
}
