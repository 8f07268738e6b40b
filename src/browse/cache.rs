//! Frames that were read lately, up to so many bytes: the least used goes first.

use std::sync::{Arc, Mutex, PoisonError};

use crate::finding::Error;
use crate::frame::Frame;

/// Frames by their names.
pub struct Cache {
    limit: usize,
    held: Mutex<Vec<(String, Arc<Frame>)>>,
}

impl Cache {
    /// A cache of at most so many bytes.
    pub fn new(limit: usize) -> Cache {
        Cache { limit, held: Mutex::new(Vec::new()) }
    }

    /// The frame called `name`, read where it is not held.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn get(&self, name: &str, read: impl FnOnce() -> Result<Frame, Error>) -> Result<Arc<Frame>, Error> {
        if let Some(frame) = self.used(name) {
            return Ok(frame);
        }
        // Two requests may read the same at once: the lock is not held while a file is read.
        let frame = Arc::new(read()?);
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.push((name.to_owned(), Arc::clone(&frame)));
        while held.len() > 1 && held.iter().map(|(_, frame)| size(frame)).sum::<usize>() > self.limit {
            held.remove(0);
        }
        Ok(frame)
    }

    /// The frame called `name`, the last to go from now on.
    fn used(&self, name: &str) -> Option<Arc<Frame>> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let at = held.iter().position(|(known, _)| known == name)?;
        let found = held.remove(at);
        let frame = Arc::clone(&found.1);
        held.push(found);
        Some(frame)
    }
}

fn size(frame: &Frame) -> usize {
    frame.polars().estimated_size()
}

#[cfg(test)]
mod tests {
    use super::Cache;
    use crate::frame::Frame;

    #[test]
    fn the_least_used_goes_first_and_one_is_always_held() {
        let cache = Cache::new(0);
        let empty = || Frame::new(Vec::new()).map_err(|finding| crate::finding::Error::usage(finding.message, ""));
        let never = || -> Result<Frame, crate::finding::Error> { panic!("read again") };
        assert!(cache.get("one", empty).is_ok() && cache.get("one", never).is_ok());
        let cache = Cache::new(0);
        let _ = cache.get("one", empty);
        let _ = cache.get("two", empty);
        // Frames of no bytes fit in any number.
        assert!(cache.get("one", never).is_ok());
    }
}
