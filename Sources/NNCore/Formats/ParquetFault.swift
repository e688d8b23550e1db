/// What is wrong with the values of a page of a Parquet file.
struct ParquetFault: Error {
  let message: String
}
