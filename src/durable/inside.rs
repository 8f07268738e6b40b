//! Paths below a folder, as text with forward slashes.

use std::path::{Component, Path};

/// Whether a path stays below the folder that it is read in.
pub(super) fn stays_below(path: &str) -> bool {
    !path.is_empty()
        && path.split('/').all(|part| !part.is_empty())
        && Path::new(path).components().all(|part| matches!(part, Component::Normal(_)))
}
