//! Pages of topics, entities and stories. In: the newsroom, a list. Out: the names of its pages ([`pages`]), what stands on
//! one ([`page`]), and the three indexes ([`index`]).

use super::calendar::{Calendar, Part, Timeline};
use crate::{
    archive::Newsroom,
    model::{
        day::Month,
        newsroom::{EntityIdx, Item, ListId, Shelf, StoryIdx, TopicIdx},
        output::{IndexKind, IndexPage, ListPage, Period, Profile},
    },
};

/// How many entities "appears with" names.
const APPEARS_WITH: usize = 8;
/// How many key entities a topic or story names.
const KEY_ENTITIES: usize = 10;

/// A list of the newsroom by months.
pub(super) struct Months<'a> {
    newsroom: &'a Newsroom,
    list: ListId,
    months: Vec<(Month, usize)>,
}

impl<'a> Months<'a> {
    pub(super) fn of(newsroom: &'a Newsroom, list: ListId) -> Self {
        Self { newsroom, list, months: newsroom.months(list) }
    }
}

impl Timeline for Months<'_> {
    fn months(&self) -> &[(Month, usize)] {
        &self.months
    }

    fn items(&self, month: Month) -> Vec<Item> {
        self.newsroom.items(self.list, month)
    }
}

/// The lists that have pages in this language.
#[must_use]
pub(super) fn all(newsroom: &Newsroom) -> Vec<ListId> {
    let mut lists = newsroom.registry.lists();
    lists.retain(|list| newsroom.has_list(newsroom.tongue, *list));
    lists
}

/// The names of a list's pages: its own (`None`), then its calendar pages.
#[must_use]
pub(super) fn pages(newsroom: &Newsroom, list: ListId) -> Vec<Option<Period>> {
    if !newsroom.has_list(newsroom.tongue, list) {
        return Vec::new();
    }
    Calendar::new(&Months::of(newsroom, list), newsroom.config.per_page).pages()
}

/// What stands on a page of a list; `None` if there is no such page.
#[must_use]
pub(super) fn page(newsroom: &Newsroom, list: ListId, period: Option<Period>) -> Option<ListPage> {
    if !newsroom.has_list(newsroom.tongue, list) {
        return None;
    }
    let months = Months::of(newsroom, list);
    let part = Calendar::new(&months, newsroom.config.per_page).part(period)?;
    let profile = if period.is_none() { profile(newsroom, &months) } else { Profile::default() };
    let Part { groups, parts, total, previous, next } = part;
    Some(ListPage { list, period, groups, parts, previous, next, total, profile })
}

/// What stands on a list's own page besides its articles.
fn profile(newsroom: &Newsroom, months: &Months<'_>) -> Profile {
    let list = months.list;
    let n_shown = if matches!(list, ListId::Entity(_)) { APPEARS_WITH } else { KEY_ENTITIES };
    Profile {
        appears_with: appears_with(newsroom, list, n_shown),
        stories: stories(newsroom, list),
        narrower: narrower(newsroom, list),
        per_month: per_month(&months.months),
        latest: newsroom.newest(list).next().map(|item| item.id),
        first: newsroom.oldest(list).map(|item| item.id),
        spellings: match list {
            ListId::Entity(entity) => newsroom.spellings_of(entity),
            _ => Vec::new(),
        },
    }
}

/// The entities that share the most articles with a list; on a tie the one whose id comes first.
fn appears_with(newsroom: &Newsroom, list: ListId, n_shown: usize) -> Vec<(EntityIdx, usize)> {
    let mut counts = newsroom.entities_of(list);
    counts.retain(|(entity, _)| ListId::Entity(*entity) != list);
    most(newsroom, counts, n_shown)
}

/// The greatest counts; on a tie the entity whose id comes first.
pub(super) fn most(
    newsroom: &Newsroom,
    mut counts: Vec<(EntityIdx, usize)>,
    n_wanted: usize,
) -> Vec<(EntityIdx, usize)> {
    let id = |entity: EntityIdx| &newsroom.entity(entity).id;
    let order = |a: &(EntityIdx, usize), b: &(EntityIdx, usize)| {
        b.1.cmp(&a.1).then_with(|| id(a.0).cmp(id(b.0)))
    };
    if let Some(last) = n_wanted.checked_sub(1).filter(|last| *last < counts.len()) {
        // By their counts first: an id is read only of those that may be among the wanted.
        let (_, &mut (_, least), _) =
            counts.select_nth_unstable_by_key(last, |(_, count)| std::cmp::Reverse(*count));
        counts.retain(|(_, count)| *count >= least);
    }
    counts.sort_by(order);
    counts.truncate(n_wanted);
    counts
}

/// The stories among a list's articles, by id: by their newest article they would move with every article of theirs,
/// also on pages of lists that it is not on.
fn stories(newsroom: &Newsroom, list: ListId) -> Vec<StoryIdx> {
    if matches!(list, ListId::Story(_)) {
        return Vec::new();
    }
    let mut stories = newsroom.stories_of(list);
    stories.sort_by(|a, b| newsroom.story(*a).id.cmp(&newsroom.story(*b).id));
    stories
}

fn narrower(newsroom: &Newsroom, list: ListId) -> Vec<TopicIdx> {
    let ListId::Topic(own) = list else { return Vec::new() };
    let topics = newsroom.registry.parents.iter();
    let mut narrower: Vec<TopicIdx> =
        topics.filter(|(_, parent)| **parent == own).map(|(idx, _)| *idx).collect();
    narrower.retain(|it| newsroom.has_list(newsroom.tongue, ListId::Topic(*it)));
    narrower.sort_by(|a, b| newsroom.topic(*a).id.cmp(&newsroom.topic(*b).id));
    narrower
}

/// Articles in each month from the first to the last, months without any included.
fn per_month(months: &[(Month, usize)]) -> Vec<(i16, i8, usize)> {
    let (Some((last, _)), Some((first, _))) = (months.first(), months.last()) else {
        return Vec::new();
    };
    let mut counts = months.iter().rev().peekable();
    let numbers = first.number()..=last.number();
    numbers
        .map(Month::from_number)
        .map(|month| {
            let count = counts.next_if(|(other, _)| *other == month).map_or(0, |(_, count)| *count);
            (month.year, month.month, count)
        })
        .collect()
}

/// An index: everything of its kind. It bears no counts, which would change it with every article.
#[must_use]
pub(super) fn index(newsroom: &Newsroom, kind: IndexKind) -> IndexPage {
    let is_wanted = |list: &ListId| {
        kind == match list {
            ListId::Topic(_) => IndexKind::Topics,
            ListId::Entity(_) => IndexKind::Entities,
            ListId::Story(_) => IndexKind::Stories,
        }
    };
    IndexPage { kind, items: all(newsroom).into_iter().filter(is_wanted).collect() }
}

/// Whether an entity that had `before` articles and has `now` comes to or leaves what search engines are told.
#[must_use]
pub(super) fn turns(newsroom: &Newsroom, entity: EntityIdx, before: usize, now: usize) -> bool {
    let enough = newsroom.config.mentions.min_page;
    let has_body = !newsroom.entity(entity).body.text.trim().is_empty();
    !has_body && (before < enough) != (now < enough)
}

/// The number of articles of a list.
pub(super) fn size(newsroom: &Newsroom, list: ListId) -> usize {
    newsroom.count(Shelf::List(list))
}
