//! How inputs are called, and what the digests that the archive keeps of articles are put together from. In: the newsroom.
//! Out: [`Input`]s, whose own digest the sink makes.

use crate::{
    archive::Newsroom,
    model::{
        article::{BodyLink, BodyLinkKind, Image},
        links::{Names, Resolved},
        newsroom::{ArticleId, ListId, Target},
    },
    plan::inputs::{Input, What},
};

/// What lists show of an article.
pub(super) fn card(newsroom: &Newsroom, id: ArticleId) -> Input {
    let filed = newsroom.article(id);
    let summary = &filed.summary;
    let own = Input::new(What::Article, &summary.title, &summary.source);
    let own = own.of(|hash| _ = hash.digest(summary.digest).text(filed.ties.route.as_str()));
    let topic = filed.ties.topics.first().map(|topic| target(newsroom, Target::Topic(*topic)));
    let image = summary.image.as_ref().map(link_of);
    let parts = [own].into_iter().chain(topic);
    let parts = parts.chain(references(newsroom, &summary.source, image.as_slice())).collect();
    Input { parts, ..Input::new(What::Article, &summary.title, &summary.source) }
}

/// Where an article is, and since when as it is.
pub(super) fn place(newsroom: &Newsroom, id: ArticleId) -> Input {
    of_article(newsroom, What::Article, id)
}

/// An article's body.
pub(super) fn text(newsroom: &Newsroom, id: ArticleId) -> Input {
    of_article(newsroom, What::Text, id)
}

/// The sentence of an article around its first mention of an entity.
pub(super) fn mention(newsroom: &Newsroom, id: ArticleId) -> Input {
    of_article(newsroom, What::Mention, id)
}

/// What an article's body and its image lead to.
pub(super) fn article_references(newsroom: &Newsroom, id: ArticleId) -> Input {
    let filed = newsroom.article(id);
    let image = filed.summary.image.as_ref().map(link_of);
    let links: Vec<BodyLink> = image.into_iter().chain(filed.links.iter().cloned()).collect();
    let parts = references(newsroom, &filed.summary.source, &links);
    Input { parts, ..of_article(newsroom, What::References, id) }
}

fn of_article(newsroom: &Newsroom, what: What, id: ArticleId) -> Input {
    let heading = &newsroom.face(id).heading;
    Input::new(what, &heading.title, &heading.source)
}

fn link_of(image: &Image) -> BodyLink {
    BodyLink { dest: image.src.clone(), kind: BodyLinkKind::Image }
}

fn references(newsroom: &Newsroom, source: &str, links: &[BodyLink]) -> Vec<Input> {
    let of = |link: &BodyLink| match newsroom.resolve(source, &link.dest.text, link.kind) {
        Resolved::Target(it, _) => Some(target(newsroom, it)),
        Resolved::File(path) => {
            let media = newsroom.media(&path);
            let file = Input::new(What::File, "", &path);
            Some(file.of(|hash| {
                if let Some(media) = media {
                    hash.digest(media.digest).text(media.route.as_str());
                }
            }))
        }
        Resolved::AsWritten => {
            let path = link.dest.text.strip_prefix('/')?;
            let size = newsroom.statics.get(path)?.size;
            Some(static_file(newsroom, path).of(|hash| _ = hash.debug(&size)))
        }
        Resolved::Unpublished | Resolved::Ambiguous(_) | Resolved::Missing => None,
    };
    links.iter().filter_map(of).collect()
}

/// The name and the address of what is linked to.
pub(super) fn target(newsroom: &Newsroom, target: Target) -> Input {
    let (name, route) = (newsroom.name(target), newsroom.route(target));
    let source = match target {
        Target::Article(id) => newsroom.face(id).heading.source.clone(),
        Target::Topic(idx) => newsroom.topic(idx).source.clone(),
        Target::Entity(idx) => newsroom.entity(idx).source.clone(),
        Target::Story(idx) => newsroom.story(idx).source.clone(),
        Target::Page(idx) => newsroom.registry.pages[idx as usize].source.clone(),
        Target::Day(date) => {
            newsroom.edition(date).map_or_else(String::new, |it| it.edition.source)
        }
    };
    let shown = if name.is_empty() { route.as_str() } else { &name };
    Input::new(What::Link, shown, source).of(|hash| _ = hash.text(route.as_str()).text(&name))
}

/// A topic, entity or story with all that its file says.
pub(super) fn list(newsroom: &Newsroom, list: ListId) -> Input {
    let (what, source) = match list {
        ListId::Topic(idx) => (What::Topic, &newsroom.topic(idx).source),
        ListId::Entity(idx) => (What::Entity, &newsroom.entity(idx).source),
        ListId::Story(idx) => (What::Story, &newsroom.story(idx).source),
    };
    Input::new(what, newsroom.list_name(list), source)
}

/// A file of `static/`, or of the built-in theme.
pub(super) fn static_file(newsroom: &Newsroom, path: &str) -> Input {
    let source = newsroom.statics.get(path).and_then(|file| file.source.as_deref());
    Input::new(What::StaticFile, path, source.unwrap_or_default())
}
