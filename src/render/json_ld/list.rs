//! What a page of many articles is about. In: the page. Out: the nodes beside its `CollectionPage`, by
//! [`describe`] for topics, entities and stories and [`item_list`] for the rest.

use std::borrow::Cow;

use super::{
    schema::{ItemList, ListItem, Node, Reference, Thing, WebPage},
    things::{self, Detail},
};
use crate::{
    model::{
        newsroom::{ArticleId, EntityIdx, ListId, StoryIdx},
        output::ListPage,
        tongue::Tongue,
    },
    render::{desk::Desk, feeds::plain},
};

/// The main thing of a topic's, entity's or story's page, which `page` is made to name.
pub(super) fn describe<'a>(
    desk: &Desk<'a>,
    list: &ListPage,
    page: &mut WebPage<'a>,
) -> Vec<Node<'a>> {
    let articles: Vec<ArticleId> =
        list.groups.iter().flat_map(|group| group.articles.iter().copied()).collect();
    match list.list {
        ListId::Topic(idx) => {
            page.about = Some(Box::new(things::topic(desk, idx)));
            item_list(desk, &articles, page).into_iter().collect()
        }
        ListId::Entity(idx) => vec![entity(desk, idx, list.period.is_none(), page)],
        ListId::Story(idx) => vec![story(desk, idx, &articles, page)],
    }
}

/// An `ItemList` of the articles that stand on the page; `None` for a page that shows none.
pub(super) fn item_list<'a>(
    desk: &Desk<'a>,
    articles: &[ArticleId],
    page: &mut WebPage<'a>,
) -> Option<Node<'a>> {
    if articles.is_empty() {
        return None;
    }
    let item = |(at, &idx): (usize, &ArticleId)| ListItem {
        position: at + 1,
        name: headline(desk, idx),
        item: None,
        url: Some(desk.absolute(&desk.newsroom.address(idx).route)),
    };
    let reference = Reference::to(&page.url, "list");
    page.main_entity = Some(reference.clone());
    Some(Node::List(ItemList {
        kind: "ItemList",
        id: reference.id,
        item_list_element: articles.iter().enumerate().map(item).collect(),
    }))
}

/// All that is known of an entity on its own page, its name on calendar pages.
fn entity<'a>(desk: &Desk<'a>, idx: EntityIdx, own_page: bool, page: &mut WebPage<'a>) -> Node<'a> {
    let detail = if own_page { Detail::Whole } else { Detail::Name };
    main_thing(things::entity(desk, idx, detail), page)
}

/// A story with those of its articles that stand on the page.
fn story<'a>(
    desk: &Desk<'a>,
    idx: StoryIdx,
    articles: &[ArticleId],
    page: &mut WebPage<'a>,
) -> Node<'a> {
    let part = |&article: &ArticleId| {
        let url = desk.absolute(&desk.newsroom.address(article).route);
        Thing {
            kind: "NewsArticle",
            id: Some(Reference::to(&url, "article").id),
            name: headline(desk, article),
            url: Some(url),
            ..Thing::default()
        }
    };
    let mut story = things::story(desk, idx);
    story.has_part = articles.iter().map(part).collect();
    main_thing(story, page)
}

fn main_thing<'a>(thing: Thing<'a>, page: &mut WebPage<'a>) -> Node<'a> {
    page.main_entity = thing.id.clone().map(|id| Reference { id });
    Node::Thing(Box::new(thing))
}

fn headline<'a>(desk: &Desk<'a>, idx: ArticleId) -> Cow<'a, str> {
    let address = desk.newsroom.address(idx);
    let language = address.lang.as_deref().unwrap_or(desk.newsroom.config.tag(Tongue::OWN));
    let title = plain::title(&address.title, language);
    Cow::Owned(title.into_owned())
}
