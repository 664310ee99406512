//! Pages of topics, entities and stories. In: the newsroom. Out: for every list its own page and its calendar pages
//! ([`pages`]); the three indexes ([`indexes`]).

use std::collections::BTreeMap;

use super::calendar::{self, Part};
use crate::model::{
    newsroom::{EntityIdx, ListId, Newsroom, StoryIdx, TopicIdx},
    output::{IndexKind, IndexPage, ListPage, Period, Profile},
};

/// How many entities "appears with" names.
const APPEARS_WITH: usize = 8;
/// How many key entities a topic or story names.
const KEY_ENTITIES: usize = 10;

/// The pages of one list: its own first, then its calendar pages.
pub(super) fn pages(newsroom: &Newsroom, list: ListId) -> Vec<ListPage> {
    // The articles of the list are decided in `link`; which of them a calendar page shows is decided in `divide`.
    let items: Vec<_> =
        newsroom.list(list).iter().map(|&idx| (newsroom.article(idx).date.day(), idx)).collect();
    let calendar = calendar::divide(&items, newsroom.config.per_page);
    let mut pages = vec![page(list, None, calendar.head, profile(newsroom, list))];
    let periods = calendar.periods.into_iter();
    pages.extend(periods.map(|(period, part)| page(list, Some(period), part, Profile::default())));
    pages
}

fn page(list: ListId, period: Option<Period>, part: Part, profile: Profile) -> ListPage {
    let Part { groups, parts, total, previous, next } = part;
    ListPage { list, period, groups, parts, previous, next, total, profile }
}

/// What stands on a list's own page besides its articles.
fn profile(newsroom: &Newsroom, list: ListId) -> Profile {
    let articles = newsroom.list(list);
    let n_shown = if matches!(list, ListId::Entity(_)) { APPEARS_WITH } else { KEY_ENTITIES };
    Profile {
        appears_with: appears_with(newsroom, list, n_shown),
        stories: stories(newsroom, list),
        narrower: narrower(newsroom, list),
        per_month: per_month(newsroom, list),
        latest: articles.first().copied(),
        first: articles.last().copied(),
    }
}

/// The entities that share the most articles with a list; on a tie the one whose id comes first.
fn appears_with(newsroom: &Newsroom, list: ListId, n_shown: usize) -> Vec<(EntityIdx, usize)> {
    let mut counts: BTreeMap<EntityIdx, usize> = BTreeMap::new();
    for &article in newsroom.list(list) {
        for entity in newsroom.ties(article).entities() {
            *counts.entry(entity).or_default() += 1;
        }
    }
    if let ListId::Entity(own) = list {
        counts.remove(&own);
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by(|a, b| {
        let id = |entity: EntityIdx| &newsroom.entity(entity).id;
        b.1.cmp(&a.1).then_with(|| id(a.0).cmp(id(b.0)))
    });
    counts.truncate(n_shown);
    counts
}

/// The running stories among a list's articles, by their newest article.
fn stories(newsroom: &Newsroom, list: ListId) -> Vec<StoryIdx> {
    let mut stories = Vec::new();
    if matches!(list, ListId::Story(_)) {
        return stories;
    }
    for &article in newsroom.list(list) {
        if let Some(story) = newsroom.ties(article).story
            && !stories.contains(&story)
        {
            stories.push(story);
        }
    }
    stories
}

fn narrower(newsroom: &Newsroom, list: ListId) -> Vec<TopicIdx> {
    let ListId::Topic(own) = list else { return Vec::new() };
    let topics = (0..).map(TopicIdx).zip(&newsroom.parents);
    topics.filter(|(_, parent)| **parent == Some(own)).map(|(idx, _)| idx).collect()
}

/// Articles in each month from the first to the last, months without any included.
fn per_month(newsroom: &Newsroom, list: ListId) -> Vec<(i16, i8, usize)> {
    let mut counts: BTreeMap<(i16, i8), usize> = BTreeMap::new();
    for &article in newsroom.list(list) {
        let day = newsroom.article(article).date.day();
        *counts.entry((day.year(), day.month())).or_default() += 1;
    }
    let (Some((&first, _)), Some((&last, _))) = (counts.first_key_value(), counts.last_key_value())
    else {
        return Vec::new();
    };
    let months = std::iter::successors(Some(first), |&(year, month)| {
        let next = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
        (next <= last).then_some(next)
    });
    months.map(|month| (month.0, month.1, counts.get(&month).copied().unwrap_or(0))).collect()
}

/// The three indexes. Only what has articles or a file of its own is on them.
#[must_use]
pub(super) fn indexes(newsroom: &Newsroom) -> Vec<IndexPage> {
    let count = |list| (list, newsroom.list(list).len());
    let of = |kind, wanted: fn(&ListId) -> bool| IndexPage {
        kind,
        items: newsroom.lists().filter(wanted).map(count).collect(),
    };
    vec![
        of(IndexKind::Topics, |list| matches!(list, ListId::Topic(_))),
        of(IndexKind::Entities, |list| matches!(list, ListId::Entity(_))),
        of(IndexKind::Stories, |list| matches!(list, ListId::Story(_))),
    ]
}
