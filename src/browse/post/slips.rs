//! Slips: each page with a form has one, and each is good for one deed.
//!
//! In: a slip that came back with a form. Out: whether its deed may be done. A double click, or a form that a browser sends
//! again, brings a slip that was used, and is led to what became of the first; a page of another site has none.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use crate::browse::door::unguessable;
use crate::finding::Error;

/// The most slips that are out at once; the oldest lose their worth first.
const MOST: usize = 1024;

/// The slips of one start.
#[derive(Debug, Default)]
pub struct Slips(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    open: VecDeque<String>,
    /// Those whose deed is being done.
    held: Vec<String>,
    /// Those that were used, and where that led.
    used: VecDeque<(String, String)>,
}

/// What a slip is worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Worth {
    /// A deed, which is begun now.
    Deed,
    /// Its deed is being done.
    Held,
    /// Its deed was done, and led to an address.
    Used(String),
    /// Nothing: it is of another start, too old, or nobody gave it.
    Nothing,
}

impl Slips {
    fn known<T>(&self, what: impl FnOnce(&mut Known) -> T) -> T {
        what(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// A new one for a page.
    ///
    /// # Errors
    /// The system gives no random numbers.
    pub fn give(&self) -> Result<String, Error> {
        let slip = unguessable()?;
        self.known(|known| {
            known.open.push_back(slip.clone());
            if known.open.len() > MOST {
                known.open.pop_front();
            }
        });
        Ok(slip)
    }

    /// Takes one that came back.
    pub fn take(&self, slip: &str) -> Worth {
        self.known(|known| {
            if let Some(at) = known.open.iter().position(|open| open == slip) {
                known.open.remove(at);
                known.held.push(slip.to_owned());
                return Worth::Deed;
            }
            if known.held.iter().any(|held| held == slip) {
                return Worth::Held;
            }
            match known.used.iter().find(|(used, _)| used == slip) {
                Some((_, led)) => Worth::Used(led.clone()),
                None => Worth::Nothing,
            }
        })
    }

    /// Its deed is over: it led to an address, or nothing was done and the slip is as good as before.
    pub fn end(&self, slip: &str, led: Option<&str>) {
        self.known(|known| {
            known.held.retain(|held| held != slip);
            match led {
                Some(led) => {
                    known.used.push_back((slip.to_owned(), led.to_owned()));
                    if known.used.len() > MOST {
                        known.used.pop_front();
                    }
                }
                None => known.open.push_back(slip.to_owned()),
            }
        });
    }
}
