//! What only front matter names. In: every published article that names something without a file. Out: an entry of the
//! registry for each such thing, as the oldest of these articles names it, so that its address stays when more is written
//! about it. [`define`] is the entry, [`check`] tells whether an entry still holds, [`warnings`] what to create.

use std::collections::BTreeMap;

use crate::{
    archive::{Newsroom, Registered, Registry},
    diag::Diagnostic,
    model::{
        Digest,
        article::Body,
        newsroom::Shelf,
        registry::{Entity, Matching, Story, StoryStatus, Topic},
        source::Written,
    },
    text::{fold, slug},
};

/// Which article names it: articles stand newest first, so the greatest is the oldest.
type Age = (std::cmp::Reverse<i64>, String);

/// Names without a file, each with how the oldest article writes it.
#[derive(Debug, Default)]
pub struct Unfiled {
    names: BTreeMap<(Registered, String), (Age, String)>,
}

impl Unfiled {
    /// Notes that the article of `source` at `micros` names something.
    pub fn note(&mut self, (micros, source): (i64, &str), kind: Registered, key: &str, name: &str) {
        let age = (std::cmp::Reverse(micros), source.to_owned());
        let known = self.names.entry((kind, key.to_owned()));
        known
            .and_modify(|(oldest, as_written)| {
                if age > *oldest {
                    *oldest = age.clone();
                    name.clone_into(as_written);
                }
            })
            .or_insert_with(|| (age.clone(), name.to_owned()));
    }
}

/// The key under which something without a file is known: names with one slug are one thing.
#[must_use]
pub fn key(name: &str) -> String {
    fold::key(&id(name))
}

fn id(name: &str) -> String {
    let slug = slug::slug(name);
    if slug.is_empty() { Digest::of(name.as_bytes()).to_string()[..8].to_owned() } else { slug }
}

/// Gives everything without a file its entry.
pub fn define(registry: &mut Registry, unfiled: &Unfiled) {
    for ((kind, key), (_, name)) in &unfiled.names {
        let count = |len: usize| u32::try_from(len).unwrap_or(u32::MAX);
        let position = match kind {
            Registered::Topic => {
                registry.topics.push(topic(name));
                registry.parents.push(None);
                count(registry.topics.len() - 1)
            }
            Registered::Entity => {
                registry.entities.push(entity(name));
                count(registry.entities.len() - 1)
            }
            Registered::Story => {
                registry.stories.push(story(name));
                count(registry.stories.len() - 1)
            }
        };
        let target = kind.list(position).into();
        let id = id(name);
        registry.add_id(&fold::key(&id), target);
        registry.add_id(&fold::key(&format!("{}/{id}", kind.folder())), target);
        registry.add_name(&fold::key(name), target);
        registry.add_unfiled(*kind, key.clone(), position);
    }
}

/// Whether the entry at a position is what the articles, as they are now, would make of it.
#[must_use]
pub fn check(newsroom: &Newsroom, kind: Registered, key: &str, position: u32) -> bool {
    let name = newsroom.list_name(kind.list(position));
    oldest(newsroom, kind, key, position).is_some_and(|(_, written)| written.text == name)
}

/// The oldest article that names it, and how.
fn oldest(
    newsroom: &Newsroom,
    kind: Registered,
    key: &str,
    position: u32,
) -> Option<(String, Written)> {
    let list = Shelf::List(kind.list(position));
    let oldest = newsroom.in_tongues().filter_map(|it| it.oldest(list)).max_by_key(|item| {
        let source = &newsroom.face(item.id).heading.source;
        (std::cmp::Reverse(item.micros), source.clone())
    });
    let summary = &newsroom.article(oldest?.id).summary;
    let names = match kind {
        Registered::Topic => summary.topics.as_slice(),
        Registered::Entity => summary.entities.as_slice(),
        Registered::Story => summary.story.as_slice(),
    };
    let written = names.iter().find(|it| self::key(&it.text) == key)?;
    Some((summary.source.clone(), written.clone()))
}

/// For everything without a file: which file to create.
#[must_use]
pub fn warnings(newsroom: &Newsroom, strict: bool) -> Vec<Diagnostic> {
    let unfiled = newsroom.registry.all_unfiled();
    let warnings = unfiled.filter_map(|(kind, key, position)| {
        let list = kind.list(position);
        let (source, written) = oldest(newsroom, kind, key, position)?;
        let (noun, folder, name) = (kind.noun(), kind.folder(), newsroom.list_name(list));
        let count: usize = newsroom.in_tongues().map(|it| it.count(Shelf::List(list))).sum();
        let articles =
            if count == 1 { String::new() } else { format!(" (named by {count} articles)") };
        let message = format!("there is no file for the {noun} «{name}»{articles}");
        let make = if strict { Diagnostic::error } else { Diagnostic::warning };
        let code = match kind {
            Registered::Topic => "unknown-topic",
            Registered::Entity => "unknown-entity",
            Registered::Story => "unknown-story",
        };
        let hint = format!("create content/{folder}/{}.md with `name: {name}`", id(name));
        Some(make(&source, written.place, code, message).hint(hint))
    });
    warnings.collect()
}

fn digest(name: &str) -> Digest {
    Digest::of(format!("{}\0{name}", id(name)).as_bytes())
}

fn topic(name: &str) -> Topic {
    Topic {
        digest: digest(name),
        source: String::new(),
        id: id(name),
        name: name.to_owned(),
        names: BTreeMap::new(),
        parent: None,
        aliases: Vec::new(),
        iptc: None,
        image: None,
        body: Body::default(),
        extra: BTreeMap::new(),
    }
}

fn entity(name: &str) -> Entity {
    Entity {
        digest: digest(name),
        source: String::new(),
        id: id(name),
        name: name.to_owned(),
        kind: None,
        aliases: Vec::new(),
        names: BTreeMap::new(),
        role: None,
        wikidata: None,
        same_as: Vec::new(),
        facts: Vec::new(),
        image: None,
        matching: Matching::Auto,
        redirect_from: Vec::new(),
        body: Body::default(),
        extra: BTreeMap::new(),
    }
}

fn story(name: &str) -> Story {
    Story {
        digest: digest(name),
        source: String::new(),
        id: id(name),
        name: name.to_owned(),
        names: BTreeMap::new(),
        status: StoryStatus::Ongoing,
        milestones: Vec::new(),
        body: Body::default(),
        extra: BTreeMap::new(),
    }
}
