/// The length of a vector of Floats, and the width of a panel.
///
/// A matrix of weights or gradients is kept in panels: sixteen of its columns, all rows one after the other, each row
/// one vector and one cache line. Columns beyond the last are zeros.
@inlinable public var lanes: Int { @inline(__always) get { 16 } }

/// Rows of the tile that a dense product is computed in. Memory for weights holds whole tiles of rows.
@inlinable public var tileRows: Int { @inline(__always) get { 6 } }

/// Entries beyond a list's end that `KernelSet.listQuad` may write to.
@inlinable public var listPadding: Int { @inline(__always) get { 16 } }
