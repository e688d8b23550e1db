// What Linux offers and Swift's module of the C library leaves out.
#pragma once

#include <stdint.h>

#if defined(__linux__)
#include <sys/syscall.h>
#include <unistd.h>
#endif

/// Has the system begin to write `count` bytes of a file from `start` on to the disk, and doesn't wait for it: `fsync` has
/// the less to do in the end.
static inline void system_begin_writing(int file, int64_t start, int64_t count) {
#if defined(SYS_sync_file_range) && defined(__LP64__)
  // SYNC_FILE_RANGE_WRITE
  syscall(SYS_sync_file_range, file, start, count, 2);
#endif
}
