//! A deed that takes more than a moment: how far it is, and what came of it.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::browse::shell::Link;
use crate::browse::wrong::Wrong;
use crate::progress::Progress;

/// A deed on a thread of its own.
#[derive(Debug)]
pub struct Work {
    /// Its number, by which its page is found.
    pub number: usize,
    /// What it is called.
    pub title: String,
    /// How far it is; it can be asked to stop.
    pub progress: Progress,
    begun: Instant,
    state: Mutex<(State, Option<Instant>)>,
}

/// What became of a deed.
#[derive(Clone, Debug)]
pub enum State {
    /// It goes on.
    Running,
    /// It was done.
    Done(Done),
    /// It was not done, or was stopped.
    Failed(Wrong),
}

/// What a deed that was done says.
#[derive(Clone, Debug, Default)]
pub struct Done {
    /// Sentences, the first of which says what was done.
    pub words: Vec<String>,
    /// Where to go on.
    pub links: Vec<Link>,
    /// Where who waited for it is led; its own page where there is nothing better.
    pub next: Option<String>,
}

impl Work {
    /// One that begins now.
    pub fn new(number: usize, title: &str) -> Work {
        Work {
            number,
            title: title.to_owned(),
            progress: Progress::default(),
            begun: Instant::now(),
            state: Mutex::new((State::Running, None)),
        }
    }

    /// It is over.
    pub fn end(&self, state: State) {
        *self.state.lock().unwrap_or_else(PoisonError::into_inner) = (state, Some(Instant::now()));
    }

    /// What became of it by now.
    pub fn state(&self) -> State {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).0.clone()
    }

    /// How long it has taken.
    pub fn taken(&self) -> Duration {
        let ended = self.state.lock().unwrap_or_else(PoisonError::into_inner).1;
        ended.unwrap_or_else(Instant::now) - self.begun
    }
}
