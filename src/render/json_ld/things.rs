//! Entities, topics and stories as schema.org things. In: an index. Out: a [`Thing`] with the `@id` that it has
//! on every page.

use std::borrow::Cow;

use super::{
    schema::{Reference, Thing},
    text,
};
use crate::{
    model::{
        newsroom::{EntityIdx, ListId, StoryIdx, TopicIdx},
        registry::{Entity, EntityKind},
    },
    render::desk::Desk,
};

/// How much is said of an entity.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Detail {
    /// `@id`, type and name: a mention.
    Name,
    /// Also the spellings, at most this many, and the same thing elsewhere.
    Spellings(usize),
    /// Also what it is: its own page.
    Whole,
}

/// An entity.
pub(super) fn entity<'a>(desk: &Desk<'a>, idx: EntityIdx, detail: Detail) -> Thing<'a> {
    let entity = desk.newsroom.entity(idx);
    let url = desk.absolute(&desk.newsroom.list_route(ListId::Entity(idx)));
    let mut thing = Thing::named(schema_type(entity.kind), &entity.name);
    thing.id = Some(Reference::to(&url, "entity").id);
    let spellings = match detail {
        Detail::Name => return thing,
        Detail::Spellings(most) => most,
        Detail::Whole => usize::MAX,
    };
    thing.alternate_name = other_names(entity, spellings);
    thing.same_as = same_as(entity);
    if detail == Detail::Whole {
        thing.description = entity.role.as_deref().map(text);
        thing.url = Some(url);
    }
    thing
}

/// A topic, with its IPTC Media Topic.
pub(super) fn topic<'a>(desk: &Desk<'a>, idx: TopicIdx) -> Thing<'a> {
    let topic = desk.newsroom.topic(idx);
    let url = desk.absolute(&desk.newsroom.list_route(ListId::Topic(idx)));
    let mut thing = Thing::named("DefinedTerm", &topic.name);
    thing.id = Some(Reference::to(&url, "topic").id);
    thing.alternate_name = topic.aliases.iter().map(|alias| text(&alias.text)).collect();
    thing.same_as = topic.iptc.as_deref().and_then(media_topic).into_iter().collect();
    thing
}

/// A running story.
pub(super) fn story<'a>(desk: &Desk<'a>, idx: StoryIdx) -> Thing<'a> {
    let story = desk.newsroom.story(idx);
    let url = desk.absolute(&desk.newsroom.list_route(ListId::Story(idx)));
    let mut thing = Thing::named("CreativeWorkSeries", &story.name);
    thing.id = Some(Reference::to(&url, "story").id);
    thing.url = Some(url);
    thing
}

fn schema_type(kind: Option<EntityKind>) -> &'static str {
    match kind {
        Some(EntityKind::Person) => "Person",
        Some(EntityKind::Organization) => "Organization",
        Some(EntityKind::Place) => "Place",
        Some(EntityKind::Event) => "Event",
        Some(EntityKind::Work) => "CreativeWork",
        None => "Thing",
    }
}

/// Spellings and names in other languages, each once, without the preferred one.
fn other_names(entity: &Entity, most: usize) -> Vec<Cow<'_, str>> {
    let mut names: Vec<Cow<'_, str>> = Vec::new();
    // Names in other languages first: they tell a machine more than one more spelling.
    let written = entity.aliases.iter().map(|alias| &alias.text);
    for name in entity.names.values().chain(written) {
        let name = text(name);
        if names.len() == most {
            break;
        }
        if name != entity.name && !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// Wikidata in the form that names the thing itself, then the pages that the editor gave.
fn same_as(entity: &Entity) -> Vec<String> {
    let wikidata = entity.wikidata.as_deref().and_then(wikidata_entity);
    let pages = entity.same_as.iter().filter(|url| is_web_url(url)).cloned();
    wikidata.into_iter().chain(pages).collect()
}

/// `http://www.wikidata.org/entity/Q42` of `Q42` or of a Wikidata URL.
fn wikidata_entity(written: &str) -> Option<String> {
    let item = written.trim().rsplit('/').next()?;
    let digits = item.strip_prefix(['Q', 'q'])?;
    let is_item = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_item.then(|| format!("http://www.wikidata.org/entity/Q{digits}"))
}

/// The address of an IPTC Media Topic given as `11000000` or `medtop:11000000`.
fn media_topic(code: &str) -> Option<String> {
    let digits = code.trim().rsplit([':', '/']).next()?;
    let is_code = digits.len() == 8 && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_code.then(|| format!("http://cv.iptc.org/newscodes/mediatopic/{digits}"))
}

/// Whether a text is a URL of the web.
pub(super) fn is_web_url(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}
