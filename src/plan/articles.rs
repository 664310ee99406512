//! Article pages. In: the newsroom. Out: an [`ArticlePage`] for each article, which refers only to earlier articles
//! and to the one next of its story, so that publishing touches few old pages. [`pages`] is the entry.

use crate::model::{
    newsroom::{ArticleIdx, ListId, Newsroom, Target, Ties},
    output::ArticlePage,
};

/// How many lists an article takes its earlier coverage from.
const EARLIER_LISTS: usize = 2;

/// The page of every article, newest first.
pub(super) fn pages(newsroom: &Newsroom) -> impl Iterator<Item = ArticlePage> + '_ {
    (0..).map(ArticleIdx).take(newsroom.articles.len()).map(|idx| page(newsroom, idx))
}

fn page(newsroom: &Newsroom, idx: ArticleIdx) -> ArticlePage {
    let ties = newsroom.ties(idx);
    let story = ties.story.map(|story| newsroom.list(ListId::Story(story)));
    ArticlePage {
        article: idx,
        earlier: earlier(newsroom, idx, ties),
        story_previous: story.and_then(|articles| older(articles, idx)),
        story_next: story.and_then(|articles| newer(articles, idx)),
    }
}

/// The article before this one on each of the lists that say most about it, each once.
fn earlier(newsroom: &Newsroom, idx: ArticleIdx, ties: &Ties) -> Vec<(ArticleIdx, Target)> {
    let mut earlier: Vec<(ArticleIdx, Target)> = Vec::new();
    let in_story = ties.story.and_then(|story| older(newsroom.list(ListId::Story(story)), idx));
    for list in telling_lists(ties) {
        let Some(article) = older(newsroom.list(list), idx) else { continue };
        if Some(article) != in_story && earlier.iter().all(|(other, _)| *other != article) {
            earlier.push((article, Target::from(list)));
        }
    }
    earlier
}

/// What it is about, then what it mentions most, then its topics. Which lists these are depends on the article
/// alone, not on how common each is, so that it never changes with the archive.
fn telling_lists(ties: &Ties) -> Vec<ListId> {
    let about = ties.about.iter().copied();
    let mut mentions: Vec<_> = ties.mentions.iter().collect();
    mentions.sort_by_key(|mention| std::cmp::Reverse(mention.places.len()));
    let mentioned = mentions.into_iter().map(|mention| mention.entity);
    let entities = about.chain(mentioned.filter(|entity| !ties.about.contains(entity)));
    let topics = ties.topics.iter().map(|&topic| ListId::Topic(topic));
    entities.map(ListId::Entity).chain(topics).take(EARLIER_LISTS).collect()
}

/// The article after `idx` on a newest-first list.
fn older(articles: &[ArticleIdx], idx: ArticleIdx) -> Option<ArticleIdx> {
    articles.get(articles.partition_point(|other| *other <= idx)).copied()
}

/// The article before `idx` on a newest-first list.
fn newer(articles: &[ArticleIdx], idx: ArticleIdx) -> Option<ArticleIdx> {
    articles.partition_point(|other| *other < idx).checked_sub(1).map(|at| articles[at])
}
