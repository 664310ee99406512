//! Calendar pages: how a list of articles is divided by time, so that nothing on it ever shifts.
//!
//! In: the articles of a list, newest first, each with its day; P, the number of items of a page. Out: a
//! [`Calendar`]: what the list's own page shows, and its calendar pages. [`divide`] is the entry.
//!
//! A list of at most 2P items is one page. A longer one shows its newest whole days until P items are reached,
//! and has a page for each year; a year of more than P items shows its months, each with a page; a month of more
//! than P items shows its days, each with a page.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::model::{
    newsroom::ArticleIdx,
    output::{Group, Period, PeriodCount},
};

/// A list divided by time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// What the list's own page shows.
    pub head: Part,
    /// Calendar pages, by period.
    pub periods: BTreeMap<Period, Part>,
}

/// What one page of a list shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Part {
    /// Articles under days or months, newest first.
    pub groups: Vec<Group>,
    /// The periods it is divided into, newest first.
    pub parts: Vec<PeriodCount>,
    /// Articles of the whole list on its own page, else of the period.
    pub total: usize,
    /// The page of the period before, of the same length.
    pub previous: Option<Period>,
    /// The page of the period after, of the same length.
    pub next: Option<Period>,
}

/// An article and its day.
pub type Dated = (Date, ArticleIdx);

/// Divides `items`, newest first, into the pages of a list with `per_page` items on a page.
#[must_use]
pub fn divide(items: &[Dated], per_page: usize) -> Calendar {
    let grouping = Grouping::of(items);
    if items.len() <= 2 * per_page {
        let head = Part { groups: grouping.groups(items), total: items.len(), ..Part::default() };
        return Calendar { head, periods: BTreeMap::new() };
    }
    let mut periods = BTreeMap::new();
    let years = runs(items, |date| Period::Year(date.year()));
    let mut parts = Vec::new();
    for &(year, in_year) in &years {
        parts.push(count(year, in_year));
        parts.extend(divide_year(year, in_year, per_page, &grouping, &mut periods));
    }
    let newest = newest_whole_days(items, per_page);
    let head =
        Part { groups: grouping.groups(newest), parts, total: items.len(), ..Part::default() };
    link_neighbours(&mut periods);
    Calendar { head, periods }
}

/// Adds the page of a year, and of its months if it is divided; returns the months that have a page.
fn divide_year(
    year: Period,
    items: &[Dated],
    per_page: usize,
    grouping: &Grouping,
    periods: &mut BTreeMap<Period, Part>,
) -> Vec<PeriodCount> {
    if items.len() <= per_page {
        periods.insert(year, grouping.leaf(items));
        return Vec::new();
    }
    let months = runs(items, |date| Period::Month(date.year(), date.month()));
    let parts: Vec<_> = months.iter().map(|&(month, in_month)| count(month, in_month)).collect();
    periods.insert(year, Part { parts: parts.clone(), total: items.len(), ..Part::default() });
    for (month, in_month) in months {
        if in_month.len() <= per_page {
            periods.insert(month, grouping.leaf(in_month));
            continue;
        }
        let days = runs(in_month, Period::Day);
        let parts = days.iter().map(|&(day, in_day)| count(day, in_day)).collect();
        periods.insert(month, Part { parts, total: in_month.len(), ..Part::default() });
        periods.extend(days.into_iter().map(|(day, in_day)| (day, grouping.leaf(in_day))));
    }
    parts
}

/// The newest items, whole days of them, at least `per_page` if there are so many.
fn newest_whole_days(items: &[Dated], per_page: usize) -> &[Dated] {
    let Some(&(last_day, _)) = items.get(per_page.saturating_sub(1)) else { return items };
    &items[..items.partition_point(|&(date, _)| date >= last_day)]
}

fn count(period: Period, items: &[Dated]) -> PeriodCount {
    PeriodCount { period, count: items.len(), has_page: true }
}

/// Neighbouring items of one period, with that period.
fn runs(items: &[Dated], period: impl Fn(Date) -> Period) -> Vec<(Period, &[Dated])> {
    items
        .chunk_by(|a, b| period(a.0) == period(b.0))
        .filter_map(|run| Some((period(run.first()?.0), run)))
        .collect()
}

/// Each page leads to the pages of the same length of time before and after it.
fn link_neighbours(periods: &mut BTreeMap<Period, Part>) {
    let order: Vec<Period> = periods.keys().copied().collect();
    for pair in order.windows(2) {
        let (older, newer) = (pair[0], pair[1]);
        if std::mem::discriminant(&older) != std::mem::discriminant(&newer) {
            continue;
        }
        if let Some(part) = periods.get_mut(&older) {
            part.next = Some(newer);
        }
        if let Some(part) = periods.get_mut(&newer) {
            part.previous = Some(older);
        }
    }
}

/// Which months of a list are shown day by day: those with two items a day or more on average.
struct Grouping {
    by_day: Vec<(i16, i8)>,
}

impl Grouping {
    fn of(items: &[Dated]) -> Self {
        let month = |date: Date| (date.year(), date.month());
        let by_day = items
            .chunk_by(|a, b| month(a.0) == month(b.0))
            .filter_map(|run| run.first().map(|first| (first.0, run.len())))
            .filter(|(date, n_items)| {
                *n_items >= 2 * usize::from(date.days_in_month().unsigned_abs())
            })
            .map(|(date, _)| month(date))
            .collect();
        Self { by_day }
    }

    fn period(&self, date: Date) -> Period {
        let month = (date.year(), date.month());
        if self.by_day.contains(&month) {
            Period::Day(date)
        } else {
            Period::Month(month.0, month.1)
        }
    }

    fn groups(&self, items: &[Dated]) -> Vec<Group> {
        let groups = runs(items, |date| self.period(date)).into_iter();
        groups
            .map(|(period, run)| Group {
                period,
                articles: run.iter().map(|item| item.1).collect(),
            })
            .collect()
    }

    /// A page that shows all its items.
    fn leaf(&self, items: &[Dated]) -> Part {
        Part { groups: self.groups(items), total: items.len(), ..Part::default() }
    }
}
