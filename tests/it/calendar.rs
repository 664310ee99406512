//! Calendar pages: a list divided by time changes only where an article comes or goes.

use std::collections::{BTreeMap, BTreeSet};

use brief::{
    model::{
        newsroom::ArticleIdx,
        output::{Period, PeriodCount},
    },
    plan::calendar::{self, Dated},
};
use jiff::{ToSpan as _, civil::Date};
use proptest::prelude::*;

/// What stands on a page, with articles named by something that stays when others come and go.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Shown {
    groups: Vec<(Period, Vec<Named>)>,
    parts: Vec<PeriodCount>,
    total: usize,
    previous: Option<Period>,
    next: Option<Period>,
}

/// A day and the number of an article on it.
type Named = (Date, u32);

/// The pages of a list: `None` is its own.
fn pages(articles: &BTreeSet<Named>, per_page: usize) -> BTreeMap<Option<Period>, Shown> {
    let newest_first: Vec<Named> = articles.iter().rev().copied().collect();
    let items: Vec<Dated> =
        (0..).map(ArticleIdx).zip(&newest_first).map(|(idx, named)| (named.0, idx)).collect();
    let calendar = calendar::divide(&items, per_page);
    let shown = |part: calendar::Part| Shown {
        groups: part
            .groups
            .into_iter()
            .map(|group| {
                let named = group.articles.iter().map(|idx| newest_first[idx.0 as usize]);
                (group.period, named.collect())
            })
            .collect(),
        parts: part.parts,
        total: part.total,
        previous: part.previous,
        next: part.next,
    };
    let periods = calendar.periods.into_iter().map(|(period, part)| (Some(period), shown(part)));
    [(None, shown(calendar.head))].into_iter().chain(periods).collect()
}

fn date(offset: i64) -> Date {
    Date::constant(2021, 11, 20).saturating_add(offset.days())
}

fn archives() -> impl Strategy<Value = (BTreeSet<Named>, usize)> {
    // Few days with many articles each, and many days with few: both shapes occur in newsrooms.
    let named =
        prop_oneof![(0..900_i64, 0..4_u32), (300..340_i64, 0..20_u32), Just((320_i64, 0_u32)),];
    let named = named.prop_map(|(offset, number)| (date(offset), number));
    (prop::collection::btree_set(named, 0..220), 1..12_usize)
}

/// The pages of a list that may show an article of a day: its own, and those of the periods that hold the day.
fn holds(page: Option<Period>, day: Date) -> bool {
    page.is_none_or(|period| period.contains(day))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    /// Adding, backdating and withdrawing are one change seen from two sides: an article more or less.
    #[test]
    fn one_article_changes_its_own_periods_and_at_most_two_neighbours_of_each_length(
        (articles, per_page) in archives(),
        offset in 0..900_i64,
    ) {
        let mut with = articles.clone();
        let added = (date(offset), 1_000);
        with.insert(added);
        let before = pages(&articles, per_page);
        let after = pages(&with, per_page);

        // A list that outgrows one page, or falls back to one, is divided anew: once in its life.
        let was_one_page = articles.len() <= 2 * per_page;
        let is_one_page = with.len() <= 2 * per_page;
        prop_assume!(was_one_page == is_one_page);

        let mut neighbours: BTreeMap<usize, usize> = BTreeMap::new();
        let all: BTreeSet<_> = before.keys().chain(after.keys()).copied().collect();
        for page in all {
            if before.get(&page) == after.get(&page) || holds(page, added.0) {
                continue;
            }
            let period = page.expect("only the list's own page is None, and it holds every day");
            // A year or month that is divided for the first time gets pages for all its parts.
            let in_divided = after.get(&Some(Period::Year(added.0.year()))).map(|it| it.groups.is_empty())
                != before.get(&Some(Period::Year(added.0.year()))).map(|it| it.groups.is_empty());
            let month = Some(Period::Month(added.0.year(), added.0.month()));
            let month_divided = after.get(&month).map(|it| it.groups.is_empty())
                != before.get(&month).map(|it| it.groups.is_empty());
            if (in_divided && period.year() == added.0.year())
                || (month_divided && matches!(period, Period::Day(day)
                    if (day.year(), day.month()) == (added.0.year(), added.0.month())))
            {
                continue;
            }
            let (Some(old), Some(new)) = (before.get(&page), after.get(&page)) else {
                return Err(TestCaseError::fail(format!("{period} came or went")));
            };
            prop_assert_eq!(&old.groups, &new.groups, "the articles of {} moved", period);
            prop_assert_eq!(&old.parts, &new.parts, "the overview of {} moved", period);
            *neighbours.entry(period.to_string().len()).or_default() += 1;
        }
        for (_, count) in neighbours {
            prop_assert!(count <= 2, "{} neighbours of one length changed", count);
        }
    }

    #[test]
    fn every_article_is_on_exactly_one_leaf((articles, per_page) in archives()) {
        let pages = pages(&articles, per_page);
        let on_leaves = |own: bool| {
            let leaves = pages.iter().filter(move |(page, _)| page.is_none() == own);
            leaves.flat_map(|(_, shown)| &shown.groups).flat_map(|(_, named)| named).copied().collect::<Vec<_>>()
        };
        let divided = pages.len() > 1;
        let mut shown = on_leaves(!divided);
        shown.sort();
        prop_assert_eq!(shown, articles.iter().copied().collect::<Vec<_>>());
    }

    #[test]
    fn no_page_but_a_day_has_more_than_it_should((articles, per_page) in archives()) {
        for (page, shown) in pages(&articles, per_page) {
            let n_shown: usize = shown.groups.iter().map(|(_, named)| named.len()).sum();
            match page {
                Some(Period::Day(_)) => {}
                Some(_) => prop_assert!(n_shown <= per_page),
                None if articles.len() <= 2 * per_page => prop_assert_eq!(n_shown, articles.len()),
                // Whole days until P are reached: without the oldest day shown there would be fewer than P.
                None => {
                    let oldest = shown.groups.last().and_then(|(_, named)| named.last()).map(|it| it.0);
                    let on_oldest = articles.iter().filter(|it| Some(it.0) == oldest).count();
                    prop_assert!(n_shown >= per_page && n_shown - on_oldest < per_page);
                }
            }
        }
    }

    #[test]
    fn counts_of_overviews_add_up((articles, per_page) in archives()) {
        for (page, shown) in pages(&articles, per_page) {
            let expected = articles.iter().filter(|it| holds(page, it.0)).count();
            prop_assert_eq!(shown.total, expected);
            let years: usize =
                shown.parts.iter().filter(|it| matches!(it.period, Period::Year(_))).map(|it| it.count).sum();
            let others: usize =
                shown.parts.iter().filter(|it| !matches!(it.period, Period::Year(_))).map(|it| it.count).sum();
            if !shown.parts.is_empty() {
                prop_assert_eq!(if page.is_none() { years } else { others }, expected);
            }
        }
    }
}

#[test]
fn a_month_of_two_a_day_is_grouped_by_day_and_a_quieter_one_by_month() {
    let busy = (0..30).flat_map(|day| {
        [
            (Date::constant(2023, 9, 1).saturating_add(day.days()), 0),
            (Date::constant(2023, 9, 1).saturating_add(day.days()), 1),
        ]
    });
    let quiet = (0..31).map(|day| (Date::constant(2023, 8, 1).saturating_add(day.days()), 0));
    let pages = pages(&busy.chain(quiet).collect(), 100);
    let periods: Vec<_> = pages[&None].groups.iter().map(|(period, _)| *period).collect();
    assert_eq!(periods.len(), 31, "thirty days of September and the whole of August");
    assert_eq!(periods[0], Period::Day(Date::constant(2023, 9, 30)));
    assert_eq!(periods[30], Period::Month(2023, 8));
}
