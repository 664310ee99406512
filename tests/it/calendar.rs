//! Calendar pages: a list divided by time changes only where an article comes or goes.

use std::collections::{BTreeMap, BTreeSet};

use brief::{
    model::{
        day::{Month, day_number},
        newsroom::{ArticleId, Item},
        output::Period,
    },
    plan::calendar::{Calendar, Part, Timeline},
};
use jiff::{ToSpan as _, civil::Date};
use proptest::prelude::*;

/// A day and the number of an article on it.
type Named = (Date, u32);

/// The number of an article, which stays when others come and go.
fn id((day, number): Named) -> ArticleId {
    ArticleId(u32::try_from(day_number(day)).unwrap() * 10_000 + number)
}

/// The day of an article by its number.
fn day_of(ArticleId(id): ArticleId) -> Date {
    date(i64::from(id / 10_000) - i64::from(day_number(date(0))))
}

/// A list that is kept in memory.
struct List {
    months: Vec<(Month, usize)>,
    items: BTreeMap<Month, Vec<Item>>,
}

impl List {
    fn of(articles: &BTreeSet<Named>) -> Self {
        let mut items: BTreeMap<Month, Vec<Item>> = BTreeMap::new();
        for &named in articles.iter().rev() {
            let (day, micros) = (named.0, i64::from(id(named).0));
            items.entry(Month::of(day)).or_default().push(Item { micros, day, id: id(named) });
        }
        Self { months: items.iter().rev().map(|(month, it)| (*month, it.len())).collect(), items }
    }
}

impl Timeline for List {
    fn months(&self) -> &[(Month, usize)] {
        &self.months
    }

    fn items(&self, month: Month) -> Vec<Item> {
        self.items.get(&month).cloned().unwrap_or_default()
    }
}

/// The pages of a list with what stands on them: `None` is its own.
fn divide(articles: &BTreeSet<Named>, per_page: usize) -> BTreeMap<Option<Period>, Part> {
    let list = List::of(articles);
    let calendar = Calendar::new(&list, per_page);
    let part = |page| calendar.part(page).expect("a list has every page that it names");
    calendar.pages().into_iter().map(|page| (page, part(page))).collect()
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

/// What happens to a list.
#[derive(Debug, Clone)]
enum Edit {
    Add(Named),
    Remove(prop::sample::Index),
    Move(prop::sample::Index, Date),
}

impl Edit {
    /// Changes the list; the days on which something came or went.
    fn apply(&self, articles: &mut BTreeSet<Named>) -> Vec<Date> {
        let taken = |index: &prop::sample::Index, articles: &mut BTreeSet<Named>| {
            let all: Vec<Named> = articles.iter().copied().collect();
            let named = (!all.is_empty()).then(|| *index.get(&all))?;
            articles.remove(&named).then_some(named)
        };
        match self {
            Self::Add(named) => {
                articles.insert(*named);
                vec![named.0]
            }
            Self::Remove(index) => taken(index, articles).into_iter().map(|it| it.0).collect(),
            Self::Move(index, to) => match taken(index, articles) {
                Some((from, number)) => {
                    // Beside what bears this number there already.
                    articles.insert((*to, number + 1_000));
                    vec![from, *to]
                }
                None => Vec::new(),
            },
        }
    }
}

/// One to three edits of one build, near to each other or far apart.
fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let days = || prop_oneof![-40..900_i64, 300..340_i64].prop_map(date);
    let index = any::<prop::sample::Index>;
    let edit = prop_oneof![
        (days(), 500..503_u32).prop_map(Edit::Add),
        index().prop_map(Edit::Remove),
        (index(), days()).prop_map(|(which, to)| Edit::Move(which, to)),
    ];
    prop::collection::vec(edit, 1..4)
}

/// The pages of a list that may show an article of a day: its own, and those of the periods that hold the day.
fn holds(page: Option<Period>, day: Date) -> bool {
    page.is_none_or(|period| period.contains(day))
}

#[test]
fn each_page_of_a_month_that_comes_to_be_told_by_days_is_near_to_the_change() {
    // October has 31 days: the 62nd article makes two a day.
    let mut articles: BTreeSet<Named> = (0..61).map(|it| (date(315 + it % 3), it as u32)).collect();
    let before = divide(&articles, 5);
    let months = List::of(&articles).months;
    let added = (date(316), 1_000);
    articles.insert(added);
    let after = divide(&articles, 5);
    let near = Calendar::new(&List::of(&articles), 5).near(&months, &[added.0].into());
    let changed = after.keys().filter(|page| before.get(page) != after.get(page));
    let days = changed.filter(|page| matches!(page, Some(Period::Day(_))));
    assert_eq!(days.filter(|page| near.contains(page)).count(), 3);
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
        let before = divide(&articles, per_page);
        let after = divide(&with, per_page);

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

    /// What a list names as near to a change is all that may have changed with it.
    #[test]
    fn every_page_that_changes_is_near_to_the_change(
        (articles, per_page) in archives(),
        edits in edits(),
    ) {
        let mut after = articles.clone();
        let mut days = BTreeSet::new();
        for edit in edits {
            days.extend(edit.apply(&mut after));
        }
        let list = List::of(&after);
        let near = Calendar::new(&list, per_page).near(&List::of(&articles).months, &days);
        let (before, after) = (divide(&articles, per_page), divide(&after, per_page));
        for page in before.keys().chain(after.keys()) {
            if before.get(page) != after.get(page) {
                prop_assert!(near.contains(page), "{:?} changed; near are {:?}", page, near);
            }
        }
    }

    /// A page that a list does not name is none: nothing is planned for it.
    #[test]
    fn a_page_that_a_list_does_not_name_has_no_part((articles, per_page) in archives()) {
        let list = List::of(&articles);
        let calendar = Calendar::new(&list, per_page);
        let pages: BTreeSet<_> = calendar.pages().into_iter().collect();
        for (day, _) in &articles {
            for period in [Period::Year(day.year()), Period::of_month(Month::of(*day)), Period::Day(*day)] {
                prop_assert_eq!(calendar.part(Some(period)).is_some(), pages.contains(&Some(period)));
            }
        }
    }

    #[test]
    fn every_article_is_on_exactly_one_leaf((articles, per_page) in archives()) {
        let pages = divide(&articles, per_page);
        let on_leaves = |own: bool| {
            let leaves = pages.iter().filter(move |(page, _)| page.is_none() == own);
            leaves.flat_map(|(_, part)| &part.groups).flat_map(|group| &group.articles).copied().collect::<Vec<_>>()
        };
        let divided = pages.len() > 1;
        let mut shown = on_leaves(!divided);
        shown.sort();
        prop_assert_eq!(shown, articles.iter().map(|named| id(*named)).collect::<Vec<_>>());
    }

    #[test]
    fn no_page_but_a_day_has_more_than_it_should((articles, per_page) in archives()) {
        for (page, shown) in divide(&articles, per_page) {
            let n_shown: usize = shown.groups.iter().map(|group| group.articles.len()).sum();
            match page {
                Some(Period::Day(_)) => {}
                Some(_) => prop_assert!(n_shown <= per_page),
                None if articles.len() <= 2 * per_page => prop_assert_eq!(n_shown, articles.len()),
                // Whole days until P are reached: without the oldest day shown there would be fewer than P.
                None => {
                    let oldest = shown.groups.last().and_then(|group| group.articles.last()).map(|it| day_of(*it));
                    let on_oldest = articles.iter().filter(|it| Some(it.0) == oldest).count();
                    prop_assert!(n_shown >= per_page && n_shown - on_oldest < per_page);
                }
            }
        }
    }

    #[test]
    fn counts_of_overviews_add_up((articles, per_page) in archives()) {
        for (page, shown) in divide(&articles, per_page) {
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
    let pages = divide(&busy.chain(quiet).collect(), 100);
    let periods: Vec<_> = pages[&None].groups.iter().map(|group| group.period).collect();
    assert_eq!(periods.len(), 31, "thirty days of September and the whole of August");
    assert_eq!(periods[0], Period::Day(Date::constant(2023, 9, 30)));
    assert_eq!(periods[30], Period::Month(2023, 8));
}
