//! A reading as each kind of chart shows it: title and alternative text as they are written into the files.

use abreast::chart::Chart;
use abreast::chart::data::{Context, Figure, Role};
use abreast::chart::dumbbell::{DumbbellChart, Pair};
use abreast::chart::funnel::FunnelChart;
use abreast::chart::neighbours::{NeighboursChart, Order};
use abreast::chart::ordered::OrderedChart;
use abreast::chart::scorecard::{ScoreRow, ScorecardChart};
use abreast::chart::spine::{SpineChart, SpineRow};
use abreast::chart::strip::StripChart;
use abreast::chart::trend::{Series, TrendChart};
use abreast::reading::Reading;

/// Charts of one measure: over time, of all authorities, of the neighbours, of two years, of the distribution.
pub fn charts(reading: &Reading) -> Vec<Chart> {
    let context = || Context { reading: Some(reading.clone()), ..page(reading) };
    let period = || reading.period.clone();
    let places = Vec::new;
    let figures = vec![figure(reading)];
    let series = vec![Series { name: reading.who.clone(), role: Role::Subject, figures }];
    let (from, to, span) = (String::from("then"), String::from("now"), period().prose);
    let pairs: Vec<Pair> = Vec::new();
    vec![
        TrendChart { context: context(), periods: vec![period()], series, breaks: Vec::new() }.into(),
        OrderedChart { context: context(), period: period(), places: places(), england: None }.into(),
        NeighboursChart {
            context: context(),
            period: period(),
            places: places(),
            england: None,
            neighbours: None,
            order: Order::default(),
        }
        .into(),
        StripChart { context: context(), period: period(), places: places(), quartiles: None, england: None }.into(),
        DumbbellChart { context: context(), from, to, span, pairs }.into(),
        FunnelChart {
            context: context(),
            period: period(),
            places: places(),
            benchmark: 1.0,
            centre: "England".into(),
            limits: Vec::new(),
            counted: "cases".into(),
            over_dispersed: true,
        }
        .into(),
    ]
}

/// The page of many measures in which a word stands for the verdict against England, with this one alone.
pub fn spine(reading: &Reading) -> Chart {
    let benchmark = reading.england().and_then(|england| england.value).map(Figure::of).unwrap_or_default();
    let row = SpineRow { reading: reading.clone(), figure: figure(reading), benchmark, extent: None, quartiles: None };
    SpineChart { context: page(reading), rows: vec![row] }.into()
}

/// The scorecard with this measure alone.
pub fn scorecard(reading: &Reading) -> Chart {
    let row =
        ScoreRow { reading: reading.clone(), periods: vec![reading.period.clone()], figures: vec![figure(reading)] };
    ScorecardChart { context: page(reading), rows: vec![row] }.into()
}

fn page(reading: &Reading) -> Context {
    Context::new(&reading.who, reading.measure.clone(), "Department for Education")
}

fn figure(reading: &Reading) -> Figure {
    reading.level.value().map(Figure::of).unwrap_or_default()
}
