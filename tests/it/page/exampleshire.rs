//! A paper about an invented council, with one of everything that a paper can hold.

use abreast::publish::document::{
    Annex, Block, Cell, Charts, Column, Document, Group, Key, Message, PaperChart, Picture, Plot, Remark, Section,
    Shape, Table,
};

/// A shape of the tags.
pub fn mark(word: &str) -> Picture {
    let shape = match word {
        "Better" => "<circle cx=\"6.5\" cy=\"6.5\" r=\"5.2\" fill=\"#00703C\"/>",
        "Worse" => "<path d=\"M6.5 .6L12.4 6.5 6.5 12.4 .6 6.5Z\" fill=\"#D4351C\"/>",
        _ => "<path d=\"M6.5 1L12.4 11.6 .6 11.6Z\" fill=\"#12436D\"/>",
    };
    let svg = format!("<svg viewBox=\"0 0 13 13\" aria-hidden=\"true\">{shape}</svg>");
    Picture { name: word.to_lowercase(), svg, png: Vec::new(), width: 3.4, height: 3.4 }
}

fn strip() -> Picture {
    let svg = "<svg viewBox=\"0 0 132 15\" aria-hidden=\"true\"><rect x=\"4\" y=\"5\" width=\"124\" height=\"6\" fill=\"#C9CFD4\"/><circle cx=\"31\" cy=\"8\" r=\"5.2\" fill=\"#12436D\"/></svg>";
    Picture { name: "strip".to_owned(), svg: svg.to_owned(), png: Vec::new(), width: 35.0, height: 4.0 }
}

fn message(word: &str, bold: &str, rest: &str) -> Message {
    Message { mark: Some(mark(word)), word: word.to_owned(), bold: bold.to_owned(), rest: rest.to_owned() }
}

fn row(index: usize, name: &str, figures: [&str; 3], change: [&str; 2], tag: &str) -> Vec<Cell> {
    vec![
        Cell::words(name),
        Cell::words(figures[0]).figure(format!("plans/m{index}/2024-12/999")),
        Cell::words(figures[1]),
        Cell::words(figures[2]),
        Cell::words("118th of 151 (103 to 127)").under(strip()),
        Cell::words(change[0]).with(change[1]),
        Cell::words(tag).marked(mark(tag)).bold(),
    ]
}

/// The table of the first page.
pub fn glance() -> Table {
    let worsened = ["Worsened", "by 8 points"];
    Table {
        id: "glance".to_owned(),
        title: "At a glance".to_owned(),
        caption: "Five of six performance measures are worse than England. In a year three worsened and none improved.".to_owned(),
        columns: vec![
            Column::words("Measure"),
            Column::own("Exampleshire"),
            Column::figures("England"),
            Column::figures("Neighbours"),
            Column::words("Where Exampleshire stands"),
            Column::words("Change in a year"),
            Column::words("Against England"),
        ],
        rows: vec![
            row(1, "Plans issued within 20 weeks", ["27%", "46%", "58%"], worsened, "Worse"),
            row(2, "Plans that took over a year", ["16%", "7%", "1%"], ["Worsened", "by 12 points"], "Worse"),
            row(3, "Requests decided within 6 weeks", ["57%", "85%", "78%"], ["Worsened", "by 13 points"], "Worse"),
            row(4, "Annual reviews with a meeting", ["53%", "86%", "89%"], ["First year", ""], "Worse"),
            row(5, "Review decisions within 4 weeks", ["13%", "44%", "45%"], ["First year", ""], "Worse"),
            row(6, "Appeals per 100 decisions", ["1.0", "3.2", "2.1"], ["No clear change", ""], "Better"),
            row(7, "Plans per 10,000 aged 0 to 24", ["355", "384", "398"], ["Plans up 12%", ""], "Lower"),
            row(8, "Not in education, employment or training", ["7.6%", "2.8%", "4.0%"], ["Rose", "by 1.2 points"], "Higher"),
        ],
        groups: vec![
            Group { first: 0, heading: "Performance".to_owned(), note: "(strip: worst on the left, best on the right)".to_owned() },
            Group { first: 6, heading: "Background".to_owned(), note: "(neither good nor bad; strip: lowest on the left)".to_owned() },
        ],
        notes: vec![
            "Figures are for 2024; background for January 2025.".to_owned(),
            "Neighbours: average of the ten authorities most like Exampleshire, as listed by the Department for Education.".to_owned(),
            "Dot: Exampleshire’s place; bar and brackets: the places chance alone could explain.".to_owned(),
            "Better, worse, higher and lower: only where chance would not explain the gap.".to_owned(),
        ],
        ..Table::default()
    }
}

/// A chart with its data; `id` tells it from others.
pub fn figure(id: &str, title: &str, periods: usize) -> PaperChart {
    let svg = |what: &str, wide: usize| {
        format!(
            "<svg viewBox=\"0 0 {wide} 158\" width=\"{wide}\" height=\"158\" role=\"img\" aria-labelledby=\"{id}-{what}-title {id}-{what}-desc\"><title id=\"{id}-{what}-title\">{title}</title><desc id=\"{id}-{what}-desc\">Exampleshire fell from 35% to 27%.</desc><rect x=\"44\" y=\"20\" width=\"200\" height=\"130\" fill=\"#12436D\"/></svg>"
        )
    };
    let years: Vec<String> = (0..periods).map(|index| (2025 - periods + index).to_string()).collect();
    let line = |area: &str, base: usize| -> Vec<Cell> {
        let figures = years
            .iter()
            .map(|year| Cell::shown(base as f64, 0, format!("{base}%")).figure(format!("plans/{id}/{year}-12/{area}")));
        std::iter::once(Cell::words(area)).chain(figures).collect()
    };
    let data = Table {
        id: format!("{id}-data"),
        title: title.to_owned(),
        columns: std::iter::once(Column::words("Area")).chain(years.iter().map(Column::figures)).collect(),
        rows: vec![line("Exampleshire", 27), line("Neighbours", 58), line("England", 46)],
        ..Table::default()
    };
    PaperChart {
        id: id.to_owned(),
        title: title.to_owned(),
        subtitle: "Share issued within 20 weeks".to_owned(),
        key: vec![Key { name: "England".to_owned(), svg: "<svg width=\"14\" height=\"12\" viewBox=\"0 0 14 12\"><rect x=\"1\" y=\"1\" width=\"12\" height=\"10\" fill=\"#505A5F\"/></svg>".to_owned(), ..Key::default() }],
        notes: vec!["Axis does not start at zero.".to_owned()],
        alt: "Exampleshire fell from 35% to 27%.".to_owned(),
        svg: svg("wide", if id.starts_with("full") { 658 } else { 318 }),
        phone: if id.starts_with("full") { svg("phone", 352) } else { String::new() },
        data,
        plot: Plot { shape: Shape::Lines, ..Plot::default() },
        ..PaperChart::default()
    }
}

fn neighbours() -> Table {
    let titles = [
        "Plans within 20 weeks",
        "Plans over a year",
        "Requests decided in 6 weeks",
        "Reviews with a meeting",
        "Reviews decided in 4 weeks",
        "Appeals per 100 decisions",
        "Plans per 10,000",
    ];
    let names = [
        "Exampleshire",
        "Upper Sampleton",
        "Fictionborough-on-Sea",
        "Placeholder and District",
        "Average of neighbours",
        "England",
    ];
    let row = |(index, name): (usize, &&str)| {
        let figures = titles.iter().enumerate().map(|(at, _)| {
            let cell = Cell::words(format!("{}%", 20 + index * 7 + at)).figure(format!("plans/n{at}/2024-12/{index}"));
            if index == 0 { cell.bold() } else { cell }
        });
        std::iter::once(Cell::words(*name)).chain(figures).collect()
    };
    Table {
        id: "neighbours".to_owned(),
        title: "Exampleshire and its statistical neighbours, most alike first".to_owned(),
        caption: "Calendar year 2024; plans per 10,000: January 2025".to_owned(),
        columns: std::iter::once(Column::words("Authority"))
            .chain(titles.iter().map(|title| Column::figures(*title)))
            .collect(),
        rows: names.iter().enumerate().map(row).collect(),
        groups: vec![Group { first: 4, ..Group::default() }],
        notes: Vec::new(),
        ..Table::default()
    }
}

fn annex() -> Annex {
    let columns = vec![
        Column::words("Measure"),
        Column::figures("Count"),
        Column::own("Exampleshire").with("95% range"),
        Column::figures("Neighbours"),
        Column::figures("West Mids"),
        Column::figures("England"),
        Column::figures("Rank"),
        Column::figures("Change").with("95% range"),
    ];
    let row = |index: usize| {
        vec![
            Cell::words(format!("Requests decided within {index} weeks")),
            Cell::words("1,868 of 3,551"),
            Cell::words("52.6").with("51.0 to 54.2").figure(format!("plans/a{index}/2024-12/999")),
            Cell::words("89.2"),
            Cell::words(""),
            Cell::words("86.5"),
            Cell::words("143 of 146"),
            Cell::words("−14.5").with("−18.2 to −10.3"),
        ]
    };
    let remark = |label: &str, text: &str| Remark { label: label.to_owned(), text: text.to_owned() };
    Annex {
        table: Some(Table {
            id: "table-a".to_owned(),
            title: "Table A. All measures in this paper".to_owned(),
            caption: "Calendar year 2024. Percent unless stated; changes in percentage points".to_owned(),
            columns,
            rows: (2..17).map(row).collect(),
            notes: vec!["Rank 1 is best; background measures have no rank.".to_owned()],
            ..Table::default()
        }),
        returned: Vec::new(),
        words: vec![
            remark("Time limits", "Counted from the request to the plan."),
            remark("95% range", "How far chance alone could move a figure."),
        ],
        absent: vec!["Pupils by type of school (the school census has not been loaded).".to_owned()],
        since: vec!["Three figures were revised.".to_owned()],
        sources: vec!["Department for Education, Education, health and care plans, 2025 release.".to_owned()],
        closing: "The workbook that comes with this paper gives the publisher’s file and cell for every figure."
            .to_owned(),
        definitions: None,
    }
}

fn section(number: usize, heading: &str, blocks: Vec<Block>) -> Section {
    let answer = "Longer than in most places, and longer than a year before. Requests rose from 748 to 940, and both legal deadlines were met less often.";
    Section { id: format!("section-{number}"), number, heading: heading.to_owned(), answer: answer.to_owned(), blocks }
}

/// The paper.
pub fn paper() -> Document {
    let pair = |first: &str, second: &str| {
        let figures = vec![
            figure(first, "Plans issued on time fell for a second year, to 27%", 10),
            figure(second, "First decisions fell to 57%", 2),
        ];
        Block::Charts(Charts { across: 2, figures })
    };
    let full = Charts {
        across: 1,
        figures: vec![figure("full-1", "Fewer in special schools than among neighbours, more educated elsewhere", 26)],
    };
    Document {
        kind: "Briefing paper".to_owned(),
        audience: "the Children’s Services and Education Scrutiny Board".to_owned(),
        dated: "Figures for 2024 and January 2025".to_owned(),
        title: "Special educational needs in Exampleshire".to_owned(),
        subtitle: "Education, health and care (EHC) plans compared with England and similar authorities.".to_owned(),
        authority: "Exampleshire".to_owned(),
        messages: vec![
            message(
                "Worse",
                "A smaller share of plans is issued on time, and it is below England’s.",
                "In 2024, 27% met the 20-week legal deadline (103 of 378), down from 35%. England: 46%; statistical neighbours: 58%. One in six took over a year.",
            ),
            message(
                "Worse",
                "First decisions are slower, and requests are up by a quarter.",
                "57% were made within the 6-week deadline, down from 70%. England: 85%. Requests rose from 748 to 940.",
            ),
            message(
                "Worse",
                "Just over half of the annual reviews due have a meeting on record.",
                "53% (1,868 of 3,551); England: 86%. Among the lowest five of 146 authorities.",
            ),
            message(
                "Higher",
                "More of those with a plan are out of education, employment and training than in England.",
                "307 people: 7.6% of plans, up from 6.3%. England: 2.8%.",
            ),
            message(
                "Better",
                "Families appeal less often than in England.",
                "41 appeals in 2024: 1.0 for every 100 decisions; England: 3.2. No clear change in a year.",
            ),
            message(
                "Lower",
                "There are fewer plans per head than in England, but numbers are growing.",
                "4,064 in January 2025, up 12% in a year (England: up 11%).",
            ),
        ],
        remarks: vec![Remark {
            label: "Not included".to_owned(),
            text: "pupils by type of school, and the council’s own monthly figures (see annex).".to_owned(),
        }],
        glance: Some(glance()),
        sections: vec![
            section(
                1,
                "How long do families wait?",
                vec![
                    pair("a-1", "a-2"),
                    Block::Paragraph { text: "The law allows exceptions to the 20 weeks.".to_owned() },
                ],
            ),
            section(2, "Where are they educated?", vec![Block::Charts(full)]),
            section(3, "How do similar authorities compare?", vec![Block::Table(neighbours())]),
        ],
        annex: annex(),
        ..Document::default()
    }
}
