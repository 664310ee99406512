//! The front page. In: the newsroom. Out: what stands in each of its slots, no article twice among the stories
//! told at length. [`page`] is the entry.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{ToSpan, civil::Date};

use super::{days, lists};
use crate::{
    archive::Newsroom,
    model::{
        newsroom::{ArticleId, EntityIdx, ListId, Shelf, StoryIdx, TopicIdx},
        output::FrontPage,
        registry::StoryStatus,
    },
};

const BRIEFING: usize = 7;
const BRIEFING_AT_LEAST: usize = 5;
const FOLLOW_UPS: usize = 3;
const SECONDARY: usize = 4;
const STORIES: usize = 4;
const BANDS: usize = 6;
const BAND_ITEMS: usize = 5;
const IN_THE_NEWS: usize = 10;
const BACKGROUND: usize = 4;
const EDITIONS: usize = 7;

/// The front page of the latest edition.
#[must_use]
pub(super) fn page(newsroom: &Newsroom) -> FrontPage {
    let Some(date) = newsroom.newest(Shelf::All).next().map(|item| item.day) else {
        return empty();
    };
    let items = newsroom.day(date);
    let mut main = days::main_items(newsroom, date, &items);
    // A quiet day's briefing goes on with what was newest before it.
    let newest = || newsroom.newest(Shelf::All).map(|item| item.id);
    let missing = BRIEFING_AT_LEAST.saturating_sub(main.len());
    let older: Vec<_> = newest().filter(|id| !main.contains(id)).take(missing).collect();
    main.extend(older);
    let lead = main.first().copied();
    let mut used: BTreeSet<ArticleId> = lead.into_iter().collect();
    let follow_ups = lead.map_or_else(Vec::new, |lead| follow_ups(newsroom, lead));
    used.extend(&follow_ups);
    let candidates = main.iter().copied().chain(newest());
    let secondary = take_unused(candidates, SECONDARY, &mut used);
    FrontPage {
        date: Some(date),
        briefing: main.into_iter().take(BRIEFING).collect(),
        lead,
        follow_ups,
        secondary,
        stories: running_stories(newsroom, date),
        background: background(newsroom, &mut used),
        bands: bands(newsroom, &mut used),
        in_the_news: in_the_news(newsroom, date),
        editions: editions(newsroom),
    }
}

fn empty() -> FrontPage {
    FrontPage {
        date: None,
        briefing: Vec::new(),
        lead: None,
        follow_ups: Vec::new(),
        secondary: Vec::new(),
        stories: Vec::new(),
        bands: Vec::new(),
        in_the_news: Vec::new(),
        background: Vec::new(),
        editions: Vec::new(),
    }
}

fn take_unused(
    articles: impl Iterator<Item = ArticleId>,
    n_wanted: usize,
    used: &mut BTreeSet<ArticleId>,
) -> Vec<ArticleId> {
    articles.filter(|idx| used.insert(*idx)).take(n_wanted).collect()
}

/// The newest other articles of the lead's running story.
fn follow_ups(newsroom: &Newsroom, lead: ArticleId) -> Vec<ArticleId> {
    let Some(story) = newsroom.row(lead).story else { return Vec::new() };
    let articles = newsroom.newest(ListId::Story(story)).map(|item| item.id);
    articles.filter(|id| *id != lead).take(FOLLOW_UPS).collect()
}

/// The running stories with the newest articles.
fn running_stories(newsroom: &Newsroom, date: Date) -> Vec<(StoryIdx, ArticleId, usize)> {
    let mut stories: Vec<_> = newsroom
        .registry
        .stories
        .iter()
        .map(|(number, story)| (StoryIdx(number), story))
        .filter(|(_, story)| story.status == StoryStatus::Ongoing)
        .filter_map(|(idx, story)| {
            let newest = newsroom.newest(ListId::Story(idx)).next()?;
            Some((std::cmp::Reverse(newest.micros), &story.id, idx, newest.id))
        })
        .collect();
    stories.sort();
    stories.truncate(STORIES);
    let in_week = |idx| within_week(newsroom, ListId::Story(idx), date);
    stories.into_iter().map(|(.., idx, newest)| (idx, newest, in_week(idx))).collect()
}

/// How many of a list are of the seven days that end with `date`.
fn within_week(newsroom: &Newsroom, list: ListId, date: Date) -> usize {
    let from = date.saturating_sub(6.days());
    newsroom.newest(list).take_while(|item| item.day >= from).count()
}

/// Topics of the header first, in its order, then those with the most articles.
fn bands(newsroom: &Newsroom, used: &mut BTreeSet<ArticleId>) -> Vec<(TopicIdx, Vec<ArticleId>)> {
    let rank = |idx: TopicIdx| {
        let route = newsroom.list_route(ListId::Topic(idx));
        let in_nav = newsroom.config.nav.iter().position(|item| item.url == route.as_str());
        let n_articles = lists::size(newsroom, ListId::Topic(idx));
        let rank = (in_nav.unwrap_or(usize::MAX), std::cmp::Reverse(n_articles));
        (rank, &newsroom.topic(idx).id, idx)
    };
    let topics = newsroom.registry.topics.iter();
    let mut topics: Vec<_> = topics.map(|(number, _)| rank(TopicIdx(number))).collect();
    topics.sort();
    let mut bands = Vec::new();
    for (.., topic) in topics {
        if bands.len() == BANDS {
            break;
        }
        let articles = newsroom.newest(ListId::Topic(topic)).map(|item| item.id);
        let items = take_unused(articles, BAND_ITEMS, used);
        if !items.is_empty() {
            bands.push((topic, items));
        }
    }
    bands
}

/// The entities with the most articles in the week that ends with `date`; on a tie by id.
fn in_the_news(newsroom: &Newsroom, date: Date) -> Vec<(EntityIdx, usize)> {
    let from = date.saturating_sub(6.days());
    let mut counts: BTreeMap<EntityIdx, usize> = BTreeMap::new();
    for item in newsroom.newest(Shelf::All).take_while(|item| item.day >= from) {
        for entity in newsroom.archive.entities(item.id).unwrap_or_default() {
            *counts.entry(entity).or_default() += 1;
        }
    }
    lists::most(newsroom, counts.into_iter().collect(), IN_THE_NEWS)
}

/// The newest explainers, analyses and opinions.
fn background(newsroom: &Newsroom, used: &mut BTreeSet<ArticleId>) -> Vec<ArticleId> {
    let articles = newsroom.newest(Shelf::Background).map(|item| item.id);
    take_unused(articles, BACKGROUND, used)
}

/// The latest days with articles or an edition, up to today.
fn editions(newsroom: &Newsroom) -> Vec<(Date, usize)> {
    let newest = newsroom.calendar().into_iter().rev();
    let days = newest.flat_map(|(month, _)| {
        newsroom.days_between(month.first_day(), month.last_day()).into_iter().rev()
    });
    days.take(EDITIONS).map(|date| (date, newsroom.day(date).len())).collect()
}
