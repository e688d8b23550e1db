/// What is wrong with the values of a page of a Parquet file.
package struct ParquetFault: Error {
  package let message: String
}
