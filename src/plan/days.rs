//! The site's calendar: editions of days, months, years, the archive. In: the newsroom, a day or period. Out: what stands on
//! its page. [`day`] and [`overview`] are the entries.

use jiff::civil::Date;

use crate::{
    archive::Newsroom,
    model::{
        day::Month,
        newsroom::{ArticleId, Item, Row},
        output::{DayPage, OverviewPage, Period, PeriodCount},
        source::Written,
    },
};

/// How many articles an edition tells at length when its editor did not choose.
const MAIN_ITEMS: usize = 7;
/// How many articles of a day a month's page names.
const HIGHLIGHTS: usize = 3;

/// The edition of a day; `None` if it has neither articles nor a file.
#[must_use]
pub(super) fn day(newsroom: &Newsroom, date: Date) -> Option<DayPage> {
    let items = newsroom.day(date);
    let edition = newsroom.edition(date);
    if items.is_empty() && edition.is_none() {
        return None;
    }
    let main = main_items(newsroom, date, &items);
    let brief = items.iter().map(|item| item.id).filter(|id| !main.contains(id)).collect();
    let previous = newsroom.day_beside(date, false);
    let next = newsroom.day_beside(date, true);
    Some(DayPage { date, main, brief, previous, next })
}

/// The articles that lead a day: in the editor's order, else by priority and then the newest.
#[must_use]
pub(super) fn main_items(newsroom: &Newsroom, date: Date, items: &[Item]) -> Vec<ArticleId> {
    let chosen = newsroom.edition(date).map(|filed| chosen(newsroom, &filed.edition.items));
    if let Some(chosen) = chosen.filter(|chosen| !chosen.is_empty()) {
        return chosen;
    }
    let mut main: Vec<_> =
        items.iter().map(|item| (priority(newsroom, item.id), item.id)).collect();
    main.sort_by_key(|(priority, _)| *priority);
    main.truncate(MAIN_ITEMS);
    main.into_iter().map(|(_, id)| id).collect()
}

fn priority(newsroom: &Newsroom, id: ArticleId) -> u8 {
    newsroom.archive.priority(id).unwrap_or_else(|| Row::blank().priority)
}

/// The articles of a day that its month's page names.
#[must_use]
pub(super) fn highlights(newsroom: &Newsroom, date: Date, items: &[Item]) -> Vec<ArticleId> {
    let mut main = main_items(newsroom, date, items);
    main.truncate(HIGHLIGHTS);
    main
}

fn chosen(newsroom: &Newsroom, items: &[Written]) -> Vec<ArticleId> {
    let mut chosen = Vec::new();
    for item in items {
        if let Some(id) = newsroom.named_article(&item.text)
            && !chosen.contains(&id)
        {
            chosen.push(id);
        }
    }
    chosen
}

/// A month, a year, or (`None`) the archive; `None` if there is nothing in it.
#[must_use]
pub(super) fn overview(newsroom: &Newsroom, period: Option<Period>) -> Option<OverviewPage> {
    let calendar = newsroom.calendar();
    match period {
        None => Some(archive(&calendar)),
        Some(Period::Year(year)) => self::year(&calendar, year),
        Some(Period::Month(year, month)) => self::month(newsroom, &calendar, Month { year, month }),
        Some(Period::Day(_)) => None,
    }
}

/// Months and years; oldest first in `calendar`, newest first in pages.
type Sizes = [(Month, usize)];

fn archive(calendar: &Sizes) -> OverviewPage {
    let mut parts = Vec::new();
    for of_year in calendar.chunk_by(|a, b| a.0.year == b.0.year).rev() {
        if let Some((month, _)) = of_year.first() {
            parts.push(count(Period::Year(month.year), of_year.iter().map(|(_, n)| n).sum()));
            parts
                .extend(of_year.iter().rev().map(|(month, n)| count(Period::of_month(*month), *n)));
        }
    }
    OverviewPage { period: None, parts, highlights: Vec::new(), previous: None, next: None }
}

fn year(calendar: &Sizes, year: i16) -> Option<OverviewPage> {
    let months = calendar.iter().rev().filter(|(month, _)| month.year == year);
    let parts: Vec<_> = months.map(|(month, n)| count(Period::of_month(*month), *n)).collect();
    let mut years = calendar.iter().map(|(month, _)| month.year);
    let next = years.clone().find(|other| *other > year);
    let previous = years.rfind(|other| *other < year);
    (!parts.is_empty()).then(|| OverviewPage {
        period: Some(Period::Year(year)),
        parts,
        highlights: Vec::new(),
        previous: previous.map(Period::Year),
        next: next.map(Period::Year),
    })
}

fn month(newsroom: &Newsroom, calendar: &Sizes, month: Month) -> Option<OverviewPage> {
    let at = calendar.binary_search_by_key(&month, |(month, _)| *month).ok()?;
    let beside = |at: Option<usize>| at.and_then(|at| calendar.get(at));
    let (previous, next) = (beside(at.checked_sub(1)), beside(Some(at + 1)));
    let days = newsroom.days_between(month.first_day(), month.last_day());
    let days: Vec<_> = days.into_iter().rev().map(|day| (day, newsroom.day(day))).collect();
    Some(OverviewPage {
        period: Some(Period::of_month(month)),
        parts: days.iter().map(|(day, items)| count(Period::Day(*day), items.len())).collect(),
        // The articles that lead each day.
        highlights: days
            .iter()
            .map(|(day, items)| (*day, highlights(newsroom, *day, items)))
            .collect(),
        previous: previous.map(|(month, _)| Period::of_month(*month)),
        next: next.map(|(month, _)| Period::of_month(*month)),
    })
}

fn count(period: Period, count: usize) -> PeriodCount {
    PeriodCount { period, count, has_page: true }
}
