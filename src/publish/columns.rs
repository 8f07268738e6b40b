//! How wide the columns of a table are, by one rule for page and Word: no number is broken, no word is broken that has room.
//!
//! In: a table and the room it stands in. Out: a width a column. The longest piece that cannot be broken is a column's least
//! width and its longest cell is its wish; rows take as few lines as there is room for, and what is left over is shared by how much
//! each wants.

use super::document::{Cell, Column, Table};
use super::lettering::{Weight, lines, longest, width};

/// The size of words in a table, in points.
pub const POINTS: f64 = 9.5;
/// Millimetres left and right of what a cell holds; the outer edges of the table have none.
pub const PADDING: f64 = 1.2;
/// Millimetres between a cell's mark and its words.
pub const GAP: f64 = 1.2;

/// Behind what a line of figures may end: `4,064 of 114,591`.
pub const OF: &str = " of ";
/// What a browser or Word may need beyond the sum of the letters' widths.
const SLACK: f64 = 1.01;

/// The columns of one table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Columns {
    /// The width of each, in millimetres.
    pub widths: Vec<f64>,
    /// The least that the table needs.
    pub least: f64,
}

/// The columns of `table` over `room` millimetres; where that is too little, each has its part of what it needs at least.
pub fn columns(table: &Table, room: f64) -> Columns {
    let count = table.columns.len();
    let needs: Vec<(f64, f64)> = (0..count).map(|index| need(table, index)).collect();
    let least: f64 = needs.iter().map(|(least, _)| least).sum();
    if least >= room {
        let widths = needs.iter().map(|(mine, _)| mine * room / least.max(1.0)).collect();
        return Columns { widths, least };
    }
    let options: Vec<Vec<f64>> = (0..count).map(|index| options(table, index, needs[index])).collect();
    let filled = combined(&options).into_iter().filter(|widths| widths.iter().sum::<f64>() <= room);
    let filled = filled.map(|widths| shared(widths, &needs, room));
    // As few lines as there is room for; of equals the one that leaves the most room to the long cells.
    let widths = filled.min_by_key(|widths| height(table, widths)).unwrap_or_default();
    Columns { widths, least }
}

/// More lines than this are not aimed at.
const MOST: usize = 3;
/// More combinations than this are not tried.
const TRIED: usize = 64;

/// The widths with what is left of the room, which goes to the columns whose longest cell wraps, by how much each lacks.
fn shared(mut widths: Vec<f64>, needs: &[(f64, f64)], room: f64) -> Vec<f64> {
    let spare = room - widths.iter().sum::<f64>();
    let missing: Vec<f64> = needs.iter().zip(&widths).map(|((_, wish), width)| (wish - width).max(0.0)).collect();
    let lack: f64 = missing.iter().sum();
    let wished: f64 = needs.iter().map(|(_, wish)| wish).sum();
    for ((width, missing), (_, wish)) in widths.iter_mut().zip(missing).zip(needs) {
        *width += if lack > spare { spare * missing / lack } else { missing + (spare - lack) * wish / wished.max(1.0) };
    }
    widths
}

/// Every choice of one width a column; the narrowest alone where there are too many.
fn combined(options: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let is_many = options.iter().map(Vec::len).product::<usize>() > TRIED;
    let mut all = vec![Vec::new()];
    for widths in options {
        let widths = if is_many { &widths[..1] } else { widths };
        let longer =
            |one: &Vec<f64>| widths.iter().map(|width| [one.as_slice(), &[*width]].concat()).collect::<Vec<_>>();
        all = all.iter().flat_map(longer).collect();
    }
    all
}

/// How many lines a table of these widths has.
fn height(table: &Table, widths: &[f64]) -> usize {
    let room = |index: usize| (widths[index] - padding(index, widths.len())) / SLACK;
    let row = |cells: &Vec<Cell>| {
        let lines = cells.iter().zip(&table.columns).enumerate();
        let lines = lines.filter(|(_, (_, column))| !column.numeric);
        lines.map(|(index, (cell, column))| cell_lines(cell, column, room(index))).max().unwrap_or(1)
    };
    let heading = table.columns.iter().enumerate().map(|(index, column)| heading_lines(column, room(index)));
    heading.max().unwrap_or(0) + table.rows.iter().map(row).sum::<usize>()
}

/// The widths worth trying for a column: its least, and the least at which its cells take so many lines.
fn options(table: &Table, index: usize, need: (f64, f64)) -> Vec<f64> {
    let mut all = vec![need.0];
    if !table.columns[index].numeric {
        all.extend((1..=MOST).map(|most| narrowest(table, index, need, most)));
    }
    all.sort_by(f64::total_cmp);
    all.dedup_by(|one, other| (*one - *other).abs() < 0.3);
    all
}

/// The least width at which no cell of a column takes more than `most` lines.
fn narrowest(table: &Table, index: usize, (least, wish): (f64, f64), most: usize) -> f64 {
    let column = &table.columns[index];
    let padding = padding(index, table.columns.len());
    let fits = |width: f64| {
        let room = (width - padding) / SLACK;
        let cells = table.rows.iter().filter_map(|row| row.get(index));
        heading_lines(column, room) <= most.max(2)
            && cells.into_iter().all(|cell| cell_lines(cell, column, room) <= most)
    };
    if fits(least) {
        return least;
    }
    let (mut narrow, mut wide) = (least, wish);
    while wide - narrow > 0.2 {
        let middle = (narrow + wide) / 2.0;
        if fits(middle) { wide = middle } else { narrow = middle }
    }
    wide
}

/// What stands left and right in the column at `index` of `count`.
pub fn padding(index: usize, count: usize) -> f64 {
    let outer = usize::from(index == 0) + usize::from(index + 1 == count);
    PADDING * (2 - outer) as f64
}

/// The least width of a column, and the one at which nothing in it wraps.
fn need(table: &Table, index: usize) -> (f64, f64) {
    let column = &table.columns[index];
    let title = longest(&column.title, Weight::Bold, POINTS).max(longest(&column.second, Weight::Regular, POINTS));
    // A heading may take two lines.
    let heading = (width(&column.title, Weight::Bold, POINTS) / 1.9).max(title);
    let cells = table.rows.iter().filter_map(|row| row.get(index));
    let (least, wish) = cells.fold((title, heading), |(least, wish), cell| {
        let (mine, whole) = (least_of(cell, column), wish_of(cell, column));
        (least.max(mine), wish.max(whole).max(mine))
    });
    let padding = padding(index, table.columns.len());
    (least * SLACK + padding, wish * SLACK + padding)
}

/// The weight of a cell's words.
fn weight(cell: &Cell, column: &Column) -> Weight {
    if cell.strong || column.own { Weight::Bold } else { Weight::Regular }
}

/// What stands before a cell's words.
fn before(cell: &Cell) -> f64 {
    cell.mark.as_ref().map_or(0.0, |mark| mark.width + GAP)
}

fn least_of(cell: &Cell, column: &Column) -> f64 {
    let weight = weight(cell, column);
    let (words, second) = if column.numeric {
        // A count and what it is out of may stand on two lines.
        let parts = cell.text.split_inclusive(OF).map(|part| width(part.trim_end(), weight, POINTS));
        (parts.fold(0.0, f64::max), width(&cell.second, Weight::Regular, POINTS))
    } else {
        (longest(&cell.text, weight, POINTS), longest(&cell.second, Weight::Regular, POINTS))
    };
    let picture = cell.picture.as_ref().map_or(0.0, |picture| picture.width.max(width(&cell.text, weight, POINTS)));
    (before(cell) + words).max(second).max(picture)
}

fn wish_of(cell: &Cell, column: &Column) -> f64 {
    let words = before(cell) + width(&cell.text, weight(cell, column), POINTS);
    words.max(width(&cell.second, Weight::Regular, POINTS))
}

/// How many lines the words of a cell take in a column of this width, its quiet line included.
pub fn cell_lines(cell: &Cell, column: &Column, room: f64) -> usize {
    let words = lines(&[(&cell.text, weight(cell, column))], POINTS, room - before(cell));
    words.max(1) + lines(&[(&cell.second, Weight::Regular)], POINTS, room)
}

/// How many lines the heading of a column takes.
pub fn heading_lines(column: &Column, room: f64) -> usize {
    let title = lines(&[(&column.title, Weight::Bold)], POINTS, room);
    title + lines(&[(&column.second, Weight::Regular)], POINTS, room)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(cells: [&str; 3]) -> Table {
        Table {
            columns: vec![Column::words("Measure"), Column::own("Exampleshire"), Column::figures("England")],
            rows: vec![cells.map(Cell::words).into()],
            ..Table::default()
        }
    }

    #[test]
    fn no_column_is_narrower_than_its_longest_word_or_number() {
        let table = table(["Plans issued within 20 weeks, all exceptions left out, of all plans", "1,234,567", "12"]);
        for room in [80.0, 174.0, 400.0] {
            let made = columns(&table, room);
            assert!((made.widths.iter().sum::<f64>() - room).abs() < 1e-9, "{room}");
            assert!(made.widths[1] >= width("Exampleshire", Weight::Bold, POINTS) + 2.0 * PADDING - 1e-9, "{room}");
            assert!(made.widths[0] > made.widths[2], "{room}: the long cell has the room");
        }
    }

    #[test]
    fn a_table_that_is_too_wide_says_what_it_needs() {
        let made = columns(&table(["Measure", "1,234,567", "1,234,567"]), 20.0);
        assert!(made.least > 20.0);
        assert!((made.widths.iter().sum::<f64>() - 20.0).abs() < 1e-9);
    }
}
