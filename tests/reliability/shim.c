/* Makes the n-th write or sync call on a file below one folder fail, once it is armed. Built at test time.;
 * off_t is off64_t here: 64-bit Linux. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static long left = -1, seen = 0;
static int error_number = 0, lasting = 0;
static char folder[4096];

/* fail_at < 0: only count. lasting: every later call fails too, as on a full disk. */
void fault_arm(const char *path, long fail_at, int number, int keep_failing) {
    strncpy(folder, path, sizeof folder - 1);
    left = fail_at; seen = 0; error_number = number; lasting = keep_failing;
}
void fault_disarm(void) { folder[0] = 0; }
long fault_seen(void) { return seen; }

static int fails(int fd) {
    char link[64], path[4096];
    ssize_t n;
    if (!folder[0]) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    if ((n = readlink(link, path, sizeof path - 1)) < 0) return 0;
    path[n] = 0;
    if (strncmp(path, folder, strlen(folder))) return 0;
    long at = seen++;
    if (left < 0 || at < left || (at > left && !lasting)) return 0;
    errno = error_number;
    return 1;
}
#define REAL(name, ret, args) static ret (*real) args; if (!real) real = (ret (*) args)dlsym(RTLD_NEXT, name)

ssize_t write(int fd, const void *b, size_t n) {
    REAL("write", ssize_t, (int, const void *, size_t)); return fails(fd) ? -1 : real(fd, b, n); }
ssize_t pwrite(int fd, const void *b, size_t n, off_t o) {
    REAL("pwrite", ssize_t, (int, const void *, size_t, off_t)); return fails(fd) ? -1 : real(fd, b, n, o); }
ssize_t pwrite64(int fd, const void *b, size_t n, off_t o) {
    REAL("pwrite64", ssize_t, (int, const void *, size_t, off_t)); return fails(fd) ? -1 : real(fd, b, n, o); }
int fsync(int fd) { REAL("fsync", int, (int)); return fails(fd) ? -1 : real(fd); }
int fdatasync(int fd) { REAL("fdatasync", int, (int)); return fails(fd) ? -1 : real(fd); }
int ftruncate(int fd, off_t n) { REAL("ftruncate", int, (int, off_t)); return fails(fd) ? -1 : real(fd, n); }
int ftruncate64(int fd, off_t n) {
    REAL("ftruncate64", int, (int, off_t)); return fails(fd) ? -1 : real(fd, n); }
