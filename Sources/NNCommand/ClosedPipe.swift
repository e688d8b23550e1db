/// Standard output was closed by its reader, which is that reader's right.
struct ClosedPipe: Error {}
