/// The reader of standard output closed it, which is not an error.
struct ClosedPipe: Error {}
