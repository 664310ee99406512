//! The front page. In: the newsroom. Out: what stands in each of its slots, no article twice among the stories
//! told at length. [`page`] is the entry.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{ToSpan, civil::Date};

use super::days;
use crate::model::{
    article::Kind,
    newsroom::{ArticleIdx, EntityIdx, ListId, Newsroom, StoryIdx, TopicIdx},
    output::FrontPage,
    registry::StoryStatus,
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
    let Some((&date, articles)) =
        newsroom.days.iter().rev().find(|(_, articles)| !articles.is_empty())
    else {
        return empty();
    };
    let mut main = days::main_items(newsroom, date, articles);
    // A quiet day's briefing goes on with what was newest before it.
    let newest = (0..).map(ArticleIdx).take(newsroom.articles.len());
    let missing = BRIEFING_AT_LEAST.saturating_sub(main.len());
    let older: Vec<_> = newest.filter(|idx| !main.contains(idx)).take(missing).collect();
    main.extend(older);
    let lead = main.first().copied();
    let mut used: BTreeSet<ArticleIdx> = lead.into_iter().collect();
    let follow_ups = lead.map_or_else(Vec::new, |lead| follow_ups(newsroom, lead));
    used.extend(&follow_ups);
    let newest = (0..).map(ArticleIdx).take(newsroom.articles.len());
    let candidates = main.iter().chain(articles).copied().chain(newest);
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
    articles: impl Iterator<Item = ArticleIdx>,
    n_wanted: usize,
    used: &mut BTreeSet<ArticleIdx>,
) -> Vec<ArticleIdx> {
    articles.filter(|idx| used.insert(*idx)).take(n_wanted).collect()
}

/// The newest other articles of the lead's running story.
fn follow_ups(newsroom: &Newsroom, lead: ArticleIdx) -> Vec<ArticleIdx> {
    let Some(story) = newsroom.ties(lead).story else { return Vec::new() };
    let articles = newsroom.list(ListId::Story(story)).iter().copied();
    articles.filter(|idx| *idx != lead).take(FOLLOW_UPS).collect()
}

/// The running stories with the newest articles.
fn running_stories(newsroom: &Newsroom, date: Date) -> Vec<(StoryIdx, ArticleIdx, usize)> {
    let stories = (0..).map(StoryIdx).zip(&newsroom.story_articles);
    let running = |idx: &StoryIdx| newsroom.story(*idx).status == StoryStatus::Ongoing;
    let mut stories: Vec<_> = stories
        .filter(|(idx, _)| running(idx))
        .filter_map(|(idx, articles)| {
            Some((idx, *articles.first()?, within_week(newsroom, articles, date)))
        })
        .collect();
    stories.sort_by_key(|(idx, newest, _)| (*newest, *idx));
    stories.truncate(STORIES);
    stories
}

/// How many of a newest-first list are of the seven days that end with `date`.
fn within_week(newsroom: &Newsroom, articles: &[ArticleIdx], date: Date) -> usize {
    let from = date.saturating_sub(6.days());
    articles.partition_point(|&idx| newsroom.article(idx).date.day() >= from)
}

/// Topics of the header first, in its order, then those with the most articles.
fn bands(newsroom: &Newsroom, used: &mut BTreeSet<ArticleIdx>) -> Vec<(TopicIdx, Vec<ArticleIdx>)> {
    let rank = |idx: TopicIdx| {
        let route = newsroom.list_route(ListId::Topic(idx));
        let in_nav = newsroom.config.nav.iter().position(|item| item.url == route.as_str());
        let n_articles = newsroom.list(ListId::Topic(idx)).len();
        (in_nav.unwrap_or(usize::MAX), std::cmp::Reverse(n_articles), idx)
    };
    let mut topics: Vec<_> = (0..).map(TopicIdx).take(newsroom.topics.len()).collect();
    topics.sort_by_key(|&idx| rank(idx));
    let mut bands = Vec::new();
    for topic in topics {
        let articles = newsroom.list(ListId::Topic(topic)).iter().copied();
        let items = take_unused(articles, BAND_ITEMS, used);
        if !items.is_empty() && bands.len() < BANDS {
            bands.push((topic, items));
        }
    }
    bands
}

/// The entities with the most articles in the week that ends with `date`; on a tie by id.
fn in_the_news(newsroom: &Newsroom, date: Date) -> Vec<(EntityIdx, usize)> {
    let from = date.saturating_sub(6.days());
    let mut counts: BTreeMap<EntityIdx, usize> = BTreeMap::new();
    for articles in newsroom.days.range(from..=date).map(|(_, articles)| articles) {
        for &article in articles {
            for entity in newsroom.ties(article).entities() {
                *counts.entry(entity).or_default() += 1;
            }
        }
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by(|a, b| {
        let id = |entity: EntityIdx| &newsroom.entity(entity).id;
        b.1.cmp(&a.1).then_with(|| id(a.0).cmp(id(b.0)))
    });
    counts.truncate(IN_THE_NEWS);
    counts
}

/// The newest explainers, analyses and opinions.
fn background(newsroom: &Newsroom, used: &mut BTreeSet<ArticleIdx>) -> Vec<ArticleIdx> {
    let wanted = [
        Kind::Explainer,
        Kind::Analysis,
        Kind::Opinion,
        Kind::FactCheck,
        Kind::Profile,
        Kind::Background,
    ];
    let articles = (0..).map(ArticleIdx).take(newsroom.articles.len());
    take_unused(
        articles.filter(|idx| wanted.contains(&newsroom.article(*idx).kind)),
        BACKGROUND,
        used,
    )
}

fn editions(newsroom: &Newsroom) -> Vec<(Date, usize)> {
    let days = newsroom.days.iter().rev().take(EDITIONS);
    days.map(|(&date, articles)| (date, articles.len())).collect()
}
