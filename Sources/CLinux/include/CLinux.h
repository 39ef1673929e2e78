#pragma once
// What Glibc's Swift module leaves out: system calls and flag values behind feature macros.
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/un.h>
#include <unistd.h>

/// rename without replacing: renameat2(RENAME_NOREPLACE). -1 and errno on failure (EEXIST when `to` is there).
int ecocd_rename_noreplace(int from_directory, const char *from, int to_directory, const char *to);

/// openat2 with the given `resolve` flags (RESOLVE_BENEATH and others). -1 and errno on failure.
int ecocd_openat2(int directory, const char *path, uint64_t flags, uint64_t mode, uint64_t resolve);

/// syncfs of the file system that holds `descriptor`.
int ecocd_syncfs(int descriptor);

/// Calls fstatfs(2) for the file system's type, a magic number of linux/magic.h.
int ecocd_file_system_type(int descriptor, uint32_t *type);

/// Copies between descriptors in the kernel (reflink where the file system can). Bytes copied, or -1 and errno.
ssize_t ecocd_copy_file_range(int from, int to, size_t count);

/// Gives `to`, which is empty, the content of `from` without a copy of its blocks (FICLONE, ioctl_ficlonerange(2)). 0, or -1 and errno.
int ecocd_share_blocks(int to, int from);

/// Takes a read lease (F_SETLEASE F_RDLCK) and gives it back: 0 when nobody has the file open for writing, -1 and errno otherwise.
int ecocd_probe_read_lease(int descriptor);

/// The next connection of a listening socket, close-on-exec and non-blocking from the first moment. Its descriptor, or -1 and errno.
int ecocd_accept(int socket);

/// The peer's identity on a Unix socket (SO_PEERCRED). 0, or -1 and errno.
int ecocd_peer_identity(int socket, pid_t *pid, uid_t *uid, gid_t *gid);

/// The system's sentence for an errno value; a constant string, safe from any thread.
const char *ecocd_error_text(int code);

/// Names the calling thread (at most 15 bytes, as `ps -L` and gdb show it). A name that doesn't fit is ignored.
void ecocd_name_thread(const char *name);

/// The groups of a user, `group` included: getgrouplist. -1 when `count` was too small, and then `count` is the size needed.
int ecocd_ancillary_groups(const char *user, gid_t group, gid_t *groups, int *count);

/// Whether the kernel's clock follows a source of time (adjtimex, which changes nothing here): 1, 0, or -1 and errno where it can't be asked.
int ecocd_clock_is_synchronized(void);

/// Gives the process another user's identity for good: groups, group, user. 0, or -1 and errno.
int ecocd_become(const char *name, uid_t user, gid_t group);

/// PR_SET_DUMPABLE and PR_GET_DUMPABLE of prctl(2), which takes as many arguments as it wants.
int ecocd_set_dumpable(int dumpable);
int ecocd_dumpable(void);

