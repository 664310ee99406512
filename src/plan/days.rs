//! The site's calendar: editions of days, months, years, the archive. In: the newsroom. Out: their pages.
//! [`days`] and [`overviews`] are the entries.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::model::{
    newsroom::{ArticleIdx, Newsroom},
    output::{DayPage, OverviewPage, Period, PeriodCount},
};

/// How many articles an edition tells at length when its editor did not choose.
const MAIN_ITEMS: usize = 7;
/// How many articles of a day a month's page names.
const HIGHLIGHTS: usize = 3;

/// The edition of every day with articles or a file, oldest first.
#[must_use]
pub(super) fn days(newsroom: &Newsroom) -> Vec<DayPage> {
    let dates: Vec<Date> = newsroom.days.keys().copied().collect();
    let neighbour = |at: Option<usize>| at.and_then(|at| dates.get(at)).copied();
    newsroom
        .days
        .iter()
        .enumerate()
        .map(|(at, (&date, articles))| {
            let main = main_items(newsroom, date, articles);
            let brief = articles.iter().copied().filter(|idx| !main.contains(idx)).collect();
            let (previous, next) = (neighbour(at.checked_sub(1)), neighbour(Some(at + 1)));
            DayPage { date, main, brief, previous, next }
        })
        .collect()
}

/// The articles that lead a day: in the editor's order, else by priority and then the newest.
#[must_use]
pub(super) fn main_items(
    newsroom: &Newsroom,
    date: Date,
    articles: &[ArticleIdx],
) -> Vec<ArticleIdx> {
    let chosen = newsroom.editions.get(&date).map(|edition| chosen(newsroom, &edition.items));
    if let Some(chosen) = chosen.filter(|chosen| !chosen.is_empty()) {
        return chosen;
    }
    let mut main = articles.to_vec();
    main.sort_by_key(|&idx| (newsroom.article(idx).priority, idx));
    main.truncate(MAIN_ITEMS);
    main
}

fn chosen(newsroom: &Newsroom, items: &[crate::model::source::Written]) -> Vec<ArticleIdx> {
    let mut chosen = Vec::new();
    for item in items {
        if let Some(idx) = newsroom.named_article(&item.text)
            && !chosen.contains(&idx)
        {
            chosen.push(idx);
        }
    }
    chosen
}

/// The pages of every month and year, oldest first, then the archive.
#[must_use]
pub(super) fn overviews(newsroom: &Newsroom) -> Vec<OverviewPage> {
    let months = counts(newsroom, |date| Period::Month(date.year(), date.month()));
    let years = counts(newsroom, |date| Period::Year(date.year()));
    let days = counts(newsroom, Period::Day);
    let mut pages = Vec::new();
    for periods in [&months, &years] {
        let order: Vec<Period> = periods.keys().copied().collect();
        for (at, &period) in order.iter().enumerate() {
            let finer = if matches!(period, Period::Year(_)) { &months } else { &days };
            let within = |part: &Period| part.year() == period.year() && holds(period, *part);
            pages.push(OverviewPage {
                period: Some(period),
                parts: newest_first(finer, within),
                highlights: highlights(newsroom, period),
                previous: at.checked_sub(1).and_then(|at| order.get(at)).copied(),
                next: order.get(at + 1).copied(),
            });
        }
    }
    let mut parts = Vec::new();
    for year in newest_first(&years, |_| true) {
        parts.push(year);
        parts.extend(newest_first(&months, |month| month.year() == year.period.year()));
    }
    pages.push(OverviewPage {
        period: None,
        parts,
        highlights: Vec::new(),
        previous: None,
        next: None,
    });
    pages
}

fn counts(newsroom: &Newsroom, period: impl Fn(Date) -> Period) -> BTreeMap<Period, usize> {
    let mut counts = BTreeMap::new();
    for (&date, articles) in &newsroom.days {
        *counts.entry(period(date)).or_default() += articles.len();
    }
    counts
}

fn holds(period: Period, part: Period) -> bool {
    match (period, part) {
        (_, Period::Day(date)) => period.contains(date),
        (Period::Year(year), Period::Month(of, _)) => year == of,
        _ => false,
    }
}

fn newest_first(
    counts: &BTreeMap<Period, usize>,
    wanted: impl Fn(&Period) -> bool,
) -> Vec<PeriodCount> {
    let wanted = counts.iter().rev().filter(|(period, _)| wanted(period));
    wanted.map(|(&period, &count)| PeriodCount { period, count, has_page: true }).collect()
}

/// For a month: the articles that lead each day, newest day first.
fn highlights(newsroom: &Newsroom, period: Period) -> Vec<(Date, Vec<ArticleIdx>)> {
    if !matches!(period, Period::Month(..)) {
        return Vec::new();
    }
    let days = newsroom.days.iter().rev().filter(|(date, _)| period.contains(**date));
    days.map(|(&date, articles)| {
        let mut main = main_items(newsroom, date, articles);
        main.truncate(HIGHLIGHTS);
        (date, main)
    })
    .collect()
}
