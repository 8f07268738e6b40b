//! What takes a while to work out: begun when it is first asked for, on a thread of its own, and held from then on.
//!
//! Who asks waits for a moment; what is not there by then is said with how far it has come, and the next who asks gets it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use crate::finding::Error;

/// How far it has come.
enum State<T> {
    Idle,
    Begun,
    Done(Arc<T>),
    Failed(Error),
}

/// What is worked out once.
pub struct Awaited<T>(Arc<Shared<T>>);

struct Shared<T> {
    state: Mutex<State<T>>,
    ended: Condvar,
    steps: AtomicUsize,
}

/// What who asks gets.
pub enum Seen<T> {
    /// It is there.
    There(Arc<T>),
    /// It is being worked out, and so many steps are done.
    Working(usize),
}

impl<T> Default for Awaited<T> {
    fn default() -> Awaited<T> {
        let shared = Shared { state: Mutex::new(State::Idle), ended: Condvar::new(), steps: AtomicUsize::new(0) };
        Awaited(Arc::new(shared))
    }
}

impl<T: Send + Sync + 'static> Awaited<T> {
    /// The result of `work`, which is begun where nobody has, and waited for as long as `patience`; `work` says each step
    /// that is done.
    ///
    /// # Errors
    /// It failed; who asks next begins it anew.
    pub fn get(
        &self,
        patience: Duration,
        work: impl FnOnce(&dyn Fn()) -> Result<T, Error> + Send + 'static,
    ) -> Result<Seen<T>, Error> {
        let mut state = self.0.state.lock().unwrap_or_else(PoisonError::into_inner);
        if matches!(*state, State::Idle) {
            *state = State::Begun;
            let shared = Arc::clone(&self.0);
            std::thread::spawn(move || shared.run(work));
        }
        let is_begun = |state: &mut State<T>| matches!(state, State::Begun);
        let waited = self.0.ended.wait_timeout_while(state, patience, is_begun);
        let (mut state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        match std::mem::replace(&mut *state, State::Idle) {
            State::Done(done) => {
                *state = State::Done(Arc::clone(&done));
                Ok(Seen::There(done))
            }
            State::Failed(error) => Err(error),
            begun => {
                *state = begun;
                Ok(Seen::Working(self.0.steps.load(Ordering::Relaxed)))
            }
        }
    }
}

impl<T> Shared<T> {
    fn run(&self, work: impl FnOnce(&dyn Fn()) -> Result<T, Error>) {
        let step = || {
            self.steps.fetch_add(1, Ordering::Relaxed);
        };
        // Nobody may wait without an end for a thread that is gone.
        let done = catch_unwind(AssertUnwindSafe(|| work(&step)));
        let broken = || Err(Error::usage("this could not be worked out", "tell the makers of Abreast"));
        let ended = match done.unwrap_or_else(|_| broken()) {
            Ok(done) => State::Done(Arc::new(done)),
            Err(error) => State::Failed(error),
        };
        *self.state.lock().unwrap_or_else(PoisonError::into_inner) = ended;
        self.ended.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;
    use std::time::Duration;

    use super::{Awaited, Seen};
    use crate::finding::Error;

    const LONG: Duration = Duration::from_secs(20);

    #[test]
    fn it_is_worked_out_once_and_whoever_is_early_is_told_how_far_it_is() {
        let (go, wait) = channel::<()>();
        let slow: Awaited<u32> = Awaited::default();
        let early = slow.get(Duration::from_millis(1), move |step| {
            step();
            let _ = wait.recv();
            Ok(7)
        });
        assert!(matches!(early, Ok(Seen::Working(_))));
        go.send(()).expect("a reader");
        let never = |_: &dyn Fn()| -> Result<u32, Error> { panic!("worked out again") };
        for _ in 0..2 {
            assert!(matches!(slow.get(LONG, never), Ok(Seen::There(seven)) if *seven == 7));
        }
    }

    #[test]
    fn a_failure_is_said_once_and_then_tried_again() {
        let awaited: Awaited<u32> = Awaited::default();
        assert!(awaited.get(LONG, |_| Err(Error::usage("no", "wait"))).is_err());
        let broken = awaited.get(LONG, |_| panic!("a fault"));
        assert!(broken.is_err_and(|error| error.to_string().contains("could not be worked out")));
        assert!(matches!(awaited.get(LONG, |_| Ok(1)), Ok(Seen::There(_))));
    }
}
