//! How far a deed has come: steps of how many, which one is in hand, rows read; and whether it was asked to stop.
//!
//! In: what the deed says while it goes on. Out: the same for who watches, who may ask it to stop. A deed looks between its
//! steps; once its files are being put in place it is too late to stop it.

use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::finding::Error;

/// How far a deed has come; copies of it are one.
#[derive(Clone, Debug, Default)]
pub struct Progress(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    of: AtomicUsize,
    done: AtomicUsize,
    rows: AtomicU64,
    now: Mutex<String>,
    stop: AtomicBool,
    closed: AtomicBool,
}

/// How far a deed has come, at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stand {
    /// Steps in all.
    pub of: usize,
    /// Steps that are done.
    pub done: usize,
    /// Rows read.
    pub rows: u64,
    /// What is in hand.
    pub now: String,
}

impl Progress {
    /// So many steps more there will be.
    pub fn more(&self, steps: usize) {
        self.0.of.fetch_add(steps, Ordering::Relaxed);
    }

    /// What is in hand now.
    pub fn begin(&self, name: &str) {
        name.clone_into(&mut self.0.now.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// A step is done, which read so many rows.
    pub fn step(&self, rows: usize) {
        self.0.done.fetch_add(1, Ordering::Relaxed);
        self.0.rows.fetch_add(rows as u64, Ordering::Relaxed);
    }

    /// Asks the deed to stop; answers whether it still can.
    pub fn stop(&self) -> bool {
        self.0.stop.store(true, Ordering::SeqCst);
        !self.0.closed.load(Ordering::SeqCst)
    }

    /// Whether it was asked to stop.
    pub fn is_stopped(&self) -> bool {
        self.0.stop.load(Ordering::SeqCst)
    }

    /// From here on nothing stops it: its files are put in place.
    ///
    /// # Errors
    /// It was asked to stop before.
    pub fn close(&self) -> Result<(), Error> {
        self.0.closed.store(true, Ordering::SeqCst);
        self.go_on()
    }

    /// Nothing, unless it was asked to stop.
    ///
    /// # Errors
    /// It was asked to stop.
    pub fn go_on(&self) -> Result<(), Error> {
        match self.is_stopped() {
            true => Err(Error::usage("stopped before anything was written", "begin it again when you want to")),
            false => Ok(()),
        }
    }

    /// The same for what follows, which can be stopped again.
    ///
    /// # Errors
    /// It was asked to stop.
    pub fn again(&self) -> Result<Progress, Error> {
        self.go_on()?;
        self.0.closed.store(false, Ordering::SeqCst);
        Ok(self.clone())
    }

    /// How far it has come.
    pub fn stand(&self) -> Stand {
        let now = self.0.now.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Stand {
            of: self.0.of.load(Ordering::Relaxed),
            done: self.0.done.load(Ordering::Relaxed),
            rows: self.0.rows.load(Ordering::Relaxed),
            now,
        }
    }
}
