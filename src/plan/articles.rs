//! Article pages. In: the newsroom, an article. Out: an [`ArticlePage`], which refers only to earlier articles and to the one
//! next of its story, so that publishing touches few old pages. [`page`] is the entry.

use crate::{
    archive::Newsroom,
    model::{
        newsroom::{ArticleId, Item, ListId, Row, Shelf, Target},
        output::ArticlePage,
    },
};

/// The page of an article; `None` if it is not published.
#[must_use]
pub(super) fn page(newsroom: &Newsroom, id: ArticleId) -> Option<ArticlePage> {
    let row = newsroom.row(id);
    if !row.published {
        return None;
    }
    let item = row.item(id);
    let story = row.story.map(ListId::Story);
    let story_previous = story.and_then(|story| newsroom.older(story, item)).map(|it| it.id);
    let story_next = story.and_then(|story| newsroom.newer(story, item)).map(|it| it.id);
    let earlier = earlier(newsroom, &row, item, story_previous);
    Some(ArticlePage { article: id, earlier, story_previous, story_next })
}

/// The article before this one among those that each of its most telling lists is telling for, each once.
fn earlier(
    newsroom: &Newsroom,
    row: &Row,
    item: Item,
    in_story: Option<ArticleId>,
) -> Vec<(ArticleId, Target)> {
    let mut earlier: Vec<(ArticleId, Target)> = Vec::new();
    for &list in &row.telling {
        let Some(older) = newsroom.older(Shelf::Telling(list), item) else { continue };
        if Some(older.id) != in_story && earlier.iter().all(|(other, _)| *other != older.id) {
            earlier.push((older.id, Target::from(list)));
        }
    }
    earlier
}
