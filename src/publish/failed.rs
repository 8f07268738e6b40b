//! A failure to write Parquet as the failure that it was.

use parquet::errors::ParquetError;

/// The failure to write that the library passes on, as it was: a full disk must be known for one.
pub(super) fn said(error: ParquetError) -> std::io::Error {
    if let ParquetError::External(inner) = error {
        return match inner.downcast::<std::io::Error>() {
            Ok(failed) => *failed,
            Err(other) => std::io::Error::other(other),
        };
    }
    std::io::Error::other(error)
}
