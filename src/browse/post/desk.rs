//! The desk: where deeds are done, one after the other, with what they said.
//!
//! In: a deed. Out: the right to do it, which one deed at a time has; for one that takes a while, a thread of its own and a
//! number, under which its page shows how far it is. The desk outlives the builds whose pages are shown.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use super::slips::Slips;
use super::work::{Done, State, Work};
use crate::browse::wrong::Wrong;
use crate::finding::Error;
use crate::progress::Progress;

/// The most works that are remembered.
const MOST: usize = 64;

/// Slips, the deed in hand, and what became of those before.
#[derive(Debug, Default)]
pub struct Desk {
    /// The slips of pages with forms.
    pub slips: Slips,
    hand: Mutex<Option<Held>>,
    works: Mutex<VecDeque<Arc<Work>>>,
}

/// What the deed in hand is called, and its number where it has a page.
#[derive(Debug)]
struct Held {
    title: String,
    number: Option<usize>,
}

/// The right to do a deed, until it is dropped.
#[derive(Debug)]
pub struct Deed(Arc<Desk>);

impl Drop for Deed {
    fn drop(&mut self) {
        *self.0.hand.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

impl Desk {
    /// The right to do a deed at once.
    ///
    /// # Errors
    /// Another is being done.
    pub fn take(self: &Arc<Desk>, title: &str) -> Result<Deed, Wrong> {
        let mut hand = self.hand.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(held) = hand.as_ref() {
            let message = format!("another thing is being done here: {}", held.title);
            let wrong = Wrong::refused(409, message, "wait until it has ended, then send this again");
            let at = held.number.map(|number| format!("/work/{number}"));
            return Err(at.into_iter().fold(wrong, |wrong, at| wrong.link("how far it is", at)));
        }
        *hand = Some(Held { title: title.to_owned(), number: None });
        Ok(Deed(Arc::clone(self)))
    }

    /// Does a deed on a thread of its own; answers the number of its page.
    ///
    /// # Errors
    /// Another is being done, or the system gives no thread.
    pub fn start(
        self: &Arc<Desk>,
        title: &str,
        deed: impl FnOnce(&Progress) -> Result<Done, Error> + Send + 'static,
    ) -> Result<usize, Wrong> {
        let right = self.take(title)?;
        let work = {
            let mut works = self.works.lock().unwrap_or_else(PoisonError::into_inner);
            let work = Arc::new(Work::new(works.back().map_or(1, |last| last.number + 1), title));
            works.push_back(Arc::clone(&work));
            if works.len() > MOST {
                works.pop_front();
            }
            work
        };
        let number = work.number;
        if let Some(held) = self.hand.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
            held.number = Some(number);
        }
        let begun = Arc::clone(&work);
        let thread = std::thread::Builder::new().name(format!("work {number}")).spawn(move || {
            // A deed that breaks ends too: its page must not wait for it.
            let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| deed(&begun.progress)));
            begun.end(match done {
                Ok(Ok(done)) => State::Done(done),
                Ok(Err(error)) => State::Failed(Wrong::undone(&error)),
                Err(_) => State::Failed(Wrong::refused(500, "it broke off", "tell the makers of Abreast")),
            });
            drop(right);
        });
        match thread {
            Ok(_) => Ok(number),
            Err(error) => {
                let wrong =
                    Wrong::refused(500, format!("the system gives no thread: {error}"), "send this again later");
                work.end(State::Failed(wrong.clone()));
                Err(wrong)
            }
        }
    }

    /// The work of a number.
    pub fn work(&self, number: usize) -> Option<Arc<Work>> {
        let works = self.works.lock().unwrap_or_else(PoisonError::into_inner);
        works.iter().find(|work| work.number == number).cloned()
    }
}
