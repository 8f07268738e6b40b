//! The comparisons that papers stand on, read once for all of them.

use std::collections::BTreeSet;
use std::path::Path;

use crate::area::Register;
use crate::finding::Error;
use crate::frame::Frame;
use crate::store::{Catalogue, Found, Rate, groups, rate};

/// What is read of the outputs, and of those of the build before.
pub struct Frames {
    /// The published comparisons of the measures.
    pub compared: Frame,
    /// The counts among them as rates per head.
    pub rates: Vec<Rate>,
    /// The comparisons of the build before, where one is named.
    pub before: Option<Frame>,
}

impl Frames {
    /// The comparisons of `all`, each about its topics.
    ///
    /// # Errors
    /// A table cannot be read, or there is no build before in the folder named.
    pub fn read(
        all: &[(Found<'_>, BTreeSet<String>)],
        catalogue: &Catalogue,
        register: &Register,
        before: Option<&Path>,
    ) -> Result<Frames, Error> {
        let before = match before {
            Some(folder) => Some(Catalogue::open_whole(folder)?.comparisons_about(all)?),
            None => None,
        };
        let mut compared = vec![catalogue.comparisons_about(all)?];
        compared.extend(groups(all, catalogue, register)?);
        let compared = Frame::joined(compared).map_err(super::broken)?;
        Ok(Frames { compared, rates: rates(all, catalogue, register)?, before })
    }
}

/// The counts among `all` that a population makes rates, each once.
fn rates(
    all: &[(Found<'_>, BTreeSet<String>)],
    catalogue: &Catalogue,
    register: &Register,
) -> Result<Vec<Rate>, Error> {
    let mut made: Vec<Rate> = Vec::new();
    for (found, _) in all {
        if !made.iter().any(|known| known.is_of(found)) {
            made.extend(rate(found, catalogue, register)?);
        }
    }
    Ok(made)
}
