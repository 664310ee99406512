//! Calendar pages: how a list of articles is divided by time, so that nothing on it ever shifts.
//!
//! In: a [`Timeline`]: the months of a list with the number of articles in each, and the articles of any one month; P, the
//! number of items of a page. Out: which pages the list has ([`Calendar::pages`]), what one of them shows
//! ([`Calendar::part`]), and which may change when some of its articles do ([`Calendar::near`]). Each reads only the months
//! that it is about.
//!
//! A list of at most 2P items is one page. A longer one shows its newest whole days until P items are reached,
//! and has a page for each year; a year of more than P items shows its months, each with a page; a month of more
//! than P items shows its days, each with a page.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::model::{
    day::Month,
    newsroom::Item,
    output::{Group, Period, PeriodCount},
};

/// A list of articles in order of time.
pub trait Timeline {
    /// The months with articles, newest first, and how many each has.
    fn months(&self) -> &[(Month, usize)];
    /// The articles of a month, newest first.
    fn items(&self, month: Month) -> Vec<Item>;
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

/// A list divided by time.
pub struct Calendar<'a, T> {
    timeline: &'a T,
    per_page: usize,
}

/// Sizes of a list's years and months, by which it is divided.
struct Shape<'m> {
    months: &'m [(Month, usize)],
    per_page: usize,
}

impl Shape<'_> {
    fn total(&self) -> usize {
        self.months.iter().map(|(_, count)| count).sum()
    }

    fn is_divided(&self) -> bool {
        self.total() > 2 * self.per_page
    }

    fn in_year(&self, year: i16) -> usize {
        self.months.iter().filter(|(month, _)| month.year == year).map(|(_, count)| count).sum()
    }

    fn in_month(&self, month: Month) -> usize {
        self.months.iter().find(|(other, _)| *other == month).map_or(0, |(_, count)| *count)
    }

    /// Whether the list's months of a year have pages.
    fn has_months(&self, year: i16) -> bool {
        self.is_divided() && self.in_year(year) > self.per_page
    }

    /// Whether the list's days of a month have pages.
    fn has_days(&self, month: Month) -> bool {
        self.has_months(month.year) && self.in_month(month) > self.per_page
    }

    /// Whether a month's articles stand under its days: it has two a day or more on average.
    fn is_by_day(&self, month: Month) -> bool {
        let n_days = usize::from(month.first_day().days_in_month().unsigned_abs());
        self.in_month(month) >= 2 * n_days
    }

    /// Newest first.
    fn years(&self) -> Vec<i16> {
        let mut years: Vec<_> = self.months.iter().map(|(month, _)| month.year).collect();
        years.dedup();
        years
    }
}

impl<'a, T: Timeline> Calendar<'a, T> {
    /// A list with `per_page` items on a page, at least 1.
    #[must_use]
    pub fn new(timeline: &'a T, per_page: usize) -> Self {
        Self { timeline, per_page: per_page.max(1) }
    }

    fn shape(&self) -> Shape<'_> {
        Shape { months: self.timeline.months(), per_page: self.per_page }
    }

    /// The list's own page (`None`) and its calendar pages, newest first.
    #[must_use]
    pub fn pages(&self) -> Vec<Option<Period>> {
        let shape = self.shape();
        let mut pages = vec![None];
        if !shape.is_divided() {
            return pages;
        }
        for year in shape.years() {
            pages.push(Some(Period::Year(year)));
            if shape.has_months(year) {
                let months = shape.months.iter().filter(|(month, _)| month.year == year);
                for &(month, _) in months {
                    pages.push(Some(Period::of_month(month)));
                    if shape.has_days(month) {
                        pages
                            .extend(self.days(month).into_iter().map(|day| Some(Period::Day(day))));
                    }
                }
            }
        }
        pages
    }

    /// What a page shows; `None` if the list has no such page.
    #[must_use]
    pub fn part(&self, period: Option<Period>) -> Option<Part> {
        let shape = self.shape();
        let Some(period) = period else { return Some(self.head(&shape)) };
        if !shape.is_divided() {
            return None;
        }
        let mut part = match period {
            Period::Year(year) => self.year(&shape, year),
            Period::Month(year, month) => self.month(&shape, Month { year, month }),
            Period::Day(day) if shape.has_days(Month::of(day)) => {
                let mut items = self.timeline.items(Month::of(day));
                items.retain(|item| item.day == day);
                Some(self.leaf(&shape, &items))
            }
            Period::Day(_) => None,
        }?;
        if part.total == 0 {
            return None;
        }
        (part.previous, part.next) = self.neighbours(&shape, period);
        Some(part)
    }

    fn head(&self, shape: &Shape<'_>) -> Part {
        let wanted = if shape.is_divided() { self.per_page } else { usize::MAX };
        let mut items: Vec<Item> = Vec::new();
        for (month, _) in shape.months {
            if items.len() >= wanted {
                break;
            }
            items.extend(self.timeline.items(*month));
        }
        if let Some(last) = items.get(wanted.saturating_sub(1)).copied() {
            items.truncate(items.partition_point(|item| item.day >= last.day));
        }
        let mut parts = Vec::new();
        if shape.is_divided() {
            for year in shape.years() {
                parts.push(count(Period::Year(year), shape.in_year(year)));
                if shape.has_months(year) {
                    parts.extend(months_of(shape, year));
                }
            }
        }
        Part { groups: groups(shape, &items), parts, total: shape.total(), ..Part::default() }
    }

    fn year(&self, shape: &Shape<'_>, year: i16) -> Option<Part> {
        if shape.has_months(year) {
            let parts = months_of(shape, year).collect();
            return Some(Part { parts, total: shape.in_year(year), ..Part::default() });
        }
        let months = shape.months.iter().filter(|(month, _)| month.year == year);
        let items: Vec<_> = months.flat_map(|(month, _)| self.timeline.items(*month)).collect();
        Some(self.leaf(shape, &items))
    }

    fn month(&self, shape: &Shape<'_>, month: Month) -> Option<Part> {
        if !shape.has_months(month.year) {
            return None;
        }
        let items = self.timeline.items(month);
        if !shape.has_days(month) {
            return Some(self.leaf(shape, &items));
        }
        let days = items.chunk_by(|a, b| a.day == b.day);
        let parts = days.filter_map(|day| Some(count(Period::Day(day.first()?.day), day.len())));
        Some(Part { parts: parts.collect(), total: items.len(), ..Part::default() })
    }

    /// A page that shows all its items.
    fn leaf(&self, shape: &Shape<'_>, items: &[Item]) -> Part {
        Part { groups: groups(shape, items), total: items.len(), ..Part::default() }
    }

    /// The days with articles of a month, newest first.
    fn days(&self, month: Month) -> Vec<Date> {
        let mut days: Vec<_> = self.timeline.items(month).iter().map(|item| item.day).collect();
        days.dedup();
        days
    }

    /// The pages of the same length of time before and after a period, whether or not it has a page itself.
    fn neighbours(&self, shape: &Shape<'_>, period: Period) -> (Option<Period>, Option<Period>) {
        match period {
            Period::Year(year) => {
                let years = shape.years();
                let older = years.iter().copied().find(|other| *other < year);
                let newer = years.iter().copied().rev().find(|other| *other > year);
                (older.map(Period::Year), newer.map(Period::Year))
            }
            Period::Month(year, month) => {
                let month = Month { year, month };
                let months = shape.months.iter().map(|(month, _)| *month);
                let months: Vec<_> = months.filter(|it| shape.has_months(it.year)).collect();
                let older = months.iter().copied().find(|other| *other < month);
                let newer = months.iter().copied().rev().find(|other| *other > month);
                (older.map(Period::of_month), newer.map(Period::of_month))
            }
            Period::Day(day) => {
                let month = Month::of(day);
                let here = if shape.has_days(month) { self.days(month) } else { Vec::new() };
                let divided = shape.months.iter().map(|(month, _)| *month);
                let mut divided = divided.filter(|it| shape.has_days(*it));
                let older = here.iter().copied().find(|other| *other < day).or_else(|| {
                    let older = divided.clone().find(|other| *other < month)?;
                    self.days(older).first().copied()
                });
                let newer = here.iter().copied().rev().find(|other| *other > day).or_else(|| {
                    let newer = divided.by_ref().take_while(|other| *other > month).last()?;
                    self.days(newer).last().copied()
                });
                (older.map(Period::Day), newer.map(Period::Day))
            }
        }
    }

    /// The pages that show articles of `days`.
    #[must_use]
    pub fn showing(&self, days: &BTreeSet<Date>) -> BTreeSet<Option<Period>> {
        let shape = self.shape();
        let page = |day: &Date| {
            let month = Month::of(*day);
            if shape.has_days(month) {
                Period::Day(*day)
            } else if shape.has_months(month.year) {
                Period::of_month(month)
            } else {
                Period::Year(month.year)
            }
        };
        let pages = days.iter().filter(|_| shape.is_divided()).map(|day| Some(page(day)));
        pages.chain([None]).collect()
    }

    /// The pages that may change when articles of `days` came, went or changed, and the months of the list were
    /// `old_months`; pages that are no more are among them.
    #[must_use]
    pub fn near(
        &self,
        old_months: &[(Month, usize)],
        days: &BTreeSet<Date>,
    ) -> BTreeSet<Option<Period>> {
        let (old, new) = (Shape { months: old_months, per_page: self.per_page }, self.shape());
        let mut near = BTreeSet::from([None]);
        if !old.is_divided() && !new.is_divided() {
            return near;
        }
        let redivided = old.is_divided() != new.is_divided();
        let touched: BTreeSet<Month> = days.iter().map(|day| Month::of(*day)).collect();
        let all = old.months.iter().chain(new.months).map(|(month, _)| *month);
        let months: BTreeSet<Month> = all.chain(touched.iter().copied()).collect();
        let mut periods: BTreeSet<Period> = BTreeSet::new();
        for month in months {
            let year = month.year;
            let year_redivided = redivided || old.has_months(year) != new.has_months(year);
            let is_touched = touched.contains(&month);
            if !is_touched && !year_redivided {
                continue;
            }
            periods.extend([Period::Year(year), Period::of_month(month)]);
            if !old.has_days(month) && !new.has_days(month) {
                continue;
            }
            let of_month = days.iter().copied().filter(|day| Month::of(*day) == month);
            periods.extend(of_month.map(Period::Day));
            let redivided = old.has_days(month) != new.has_days(month);
            if year_redivided || redivided || old.is_by_day(month) != new.is_by_day(month) {
                periods.extend(self.days(month).into_iter().map(Period::Day));
            }
        }
        for period in periods {
            let (older, newer) = self.neighbours(&new, period);
            near.extend([Some(period), older, newer]);
        }
        near
    }
}

fn count(period: Period, count: usize) -> PeriodCount {
    PeriodCount { period, count, has_page: true }
}

fn months_of(shape: &Shape<'_>, year: i16) -> impl Iterator<Item = PeriodCount> {
    let months = shape.months.iter().filter(move |(month, _)| month.year == year);
    months.map(|&(month, size)| count(Period::of_month(month), size))
}

/// Items under their days or their months.
fn groups(shape: &Shape<'_>, items: &[Item]) -> Vec<Group> {
    let period = |item: &Item| {
        let month = Month::of(item.day);
        if shape.is_by_day(month) { Period::Day(item.day) } else { Period::of_month(month) }
    };
    let mut groups: Vec<Group> = Vec::new();
    for item in items {
        let period = period(item);
        match groups.last_mut() {
            Some(group) if group.period == period => group.articles.push(item.id),
            _ => groups.push(Group { period, articles: vec![item.id] }),
        }
    }
    groups
}
