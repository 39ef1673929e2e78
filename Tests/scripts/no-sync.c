// The negative control of powercut-test: preloaded, it makes every sync on one file system (that of ECOCD_NO_SYNC_ON) do nothing.
// A rig that still reports no violation is blind.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/stat.h>

static int is_spared(int descriptor) {
    const char *path = getenv("ECOCD_NO_SYNC_ON");
    struct stat place, file;
    return path && stat(path, &place) == 0 && fstat(descriptor, &file) == 0 && place.st_dev == file.st_dev;
}

static int forward(const char *name, int descriptor) {
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    return is_spared(descriptor) ? 0 : real(descriptor);
}

int fsync(int descriptor) { return forward("fsync", descriptor); }
int fdatasync(int descriptor) { return forward("fdatasync", descriptor); }
int syncfs(int descriptor) { return forward("syncfs", descriptor); }
