//! A reference file of one's own laid over the one built in.
//!
//! Both are CSV whose first column is what a row is known by: a group, an alias, the year of a set of neighbours, a
//! code. Rows of one's own come first, on the lines that Excel shows; of those built in remain the ones that are known
//! by nothing that stands there.

use std::collections::BTreeSet;

/// `own` with the rows of `built_in` that it has nothing of. Where it cannot be read it stands alone, and whoever
/// reads it says why.
pub(super) fn laid_over(own: &str, built_in: &str) -> String {
    let own = own.trim_start_matches('\u{feff}');
    both(own, built_in).unwrap_or_else(|| own.to_owned())
}

fn both(own: &str, built_in: &str) -> Option<String> {
    let mut below = csv::Reader::from_reader(built_in.as_bytes());
    let names = below.headers().ok()?.clone();
    let mut above = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(own.as_bytes());
    let headings = above.headers().ok()?.clone();
    let key = headings.iter().position(|name| Some(name) == names.get(0))?;
    let folded = |text: &str| text.trim().to_lowercase();
    let known: BTreeSet<String> =
        above.records().map(|row| Some(folded(row.ok()?.get(key)?))).collect::<Option<_>>()?;
    let places: Vec<Option<usize>> = headings.iter().map(|name| names.iter().position(|known| known == name)).collect();
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in below.records().filter_map(Result::ok).filter(|row| !known.contains(&folded(&row[0]))) {
        writer.write_record(places.iter().map(|place| place.map_or("", |place| &row[place]))).ok()?;
    }
    let rest = String::from_utf8(writer.into_inner().ok()?).ok()?;
    Some(format!("{}\n{rest}", own.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::laid_over;

    #[test]
    fn own_rows_are_added_and_take_the_place_of_those_of_one_name() {
        let built_in =
            "group,label,la_code\ncore-cities,Core cities,330\ncore-cities,Core cities,801\nnorth,North,390\n";
        let own = "\u{feff}label,group,la_code\r\nMine,mine,202\r\nThe North,North,391\r\n";
        let both = laid_over(own, built_in);
        assert_eq!(
            both.replace('\r', ""),
            "label,group,la_code\nMine,mine,202\nThe North,North,391\nCore cities,core-cities,330\nCore cities,core-cities,801\n"
        );
    }

    #[test]
    fn what_has_no_such_column_stands_alone() {
        assert_eq!(laid_over("grp\na\n", "group\nb\n"), "grp\na\n");
    }
}
