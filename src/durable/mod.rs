//! Files that survive: written whole, on the disk before they are named, several together or not at all.
//!
//! In: bytes and where they belong. Out: files that are the old ones or the new ones, whatever happens to the program,
//! the disk or the power. Everything that is written for people goes through here: tables, charts, papers, findings,
//! the manifest, filed returns. [`lock`] takes a folder for oneself, [`FolderLock::batch`] puts several files in place
//! together, `write` one.

mod alone;
mod asked;
mod batch;
mod disk;
mod inside;
mod journal;
mod lock;
mod part;
mod record;
mod recorded;

pub use alone::{Written, write};
pub use asked::write_asked;
pub use batch::Batch;
pub use disk::{Step, Watch, watch};
pub use journal::Unplaced;
pub use lock::{FolderLock, is_finished, lock, lock_new, settle};
pub use record::{Damage, Record};
pub use recorded::Committed;
