//! What only front matter names. In: every published article that names something without a file. Out: an entry of the
//! registry for each such thing, as the oldest of these articles names it, so that its address stays when more is written
//! about it. [`define`] is the entry, [`check`] tells whether an entry still holds, [`warnings`] what to create.

use std::collections::BTreeMap;

use crate::{
    archive::{Newsroom, Registered, Registry, UNFILED, numbers},
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

    /// Keys and names of one kind, in the order of the keys.
    fn of(&self, kind: Registered) -> impl Iterator<Item = (&str, &str)> {
        let of_kind = self.names.iter().filter(move |((other, _), _)| *other == kind);
        of_kind.map(|((_, key), (_, name))| (key.as_str(), name.as_str()))
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

/// Gives everything without a file its entry; what has a number in the last registry keeps it. `None` if there is no number
/// left.
#[must_use]
pub fn define(registry: &mut Registry, unfiled: &Unfiled, last: Option<&Registry>) -> Option<()> {
    for kind in [Registered::Topic, Registered::Entity, Registered::Story] {
        let new: Vec<(&str, &str)> = unfiled.of(kind).collect();
        let keys: Vec<&str> = new.iter().map(|(key, _)| *key).collect();
        let mut known: BTreeMap<&str, u32> = BTreeMap::new();
        for registry in last.into_iter().chain([&*registry]) {
            let all = registry.all_unfiled().filter(|(other, ..)| *other == kind);
            known.extend(all.map(|(_, key, number)| (key, number)));
        }
        let known: Vec<(&str, u32)> = known.into_iter().collect();
        let numbers = numbers(&keys, &known, UNFILED)?;
        for (number, (key, name)) in numbers.into_iter().zip(new) {
            add(registry, kind, (number, key, name));
        }
    }
    Some(())
}

fn add(registry: &mut Registry, kind: Registered, (number, key, name): (u32, &str, &str)) {
    match kind {
        Registered::Topic => registry.topics.add(number, topic(name)),
        Registered::Entity => registry.entities.add(number, entity(name)),
        Registered::Story => registry.stories.add(number, story(name)),
    }
    let target = kind.list(number).into();
    let id = id(name);
    registry.add_id(&fold::key(&id), target);
    registry.add_id(&fold::key(&format!("{}/{id}", kind.folder())), target);
    registry.add_name(&fold::key(name), target);
    registry.add_unfiled(kind, key.to_owned(), number);
}

/// Whether the entry with a number is what the articles, as they are now, would make of it.
#[must_use]
pub fn check(newsroom: &Newsroom, kind: Registered, key: &str, number: u32) -> bool {
    let name = newsroom.list_name(kind.list(number));
    oldest(newsroom, kind, key, number).is_some_and(|(_, written)| written.text == name)
}

/// The oldest article that names it, and how.
fn oldest(
    newsroom: &Newsroom,
    kind: Registered,
    key: &str,
    number: u32,
) -> Option<(String, Written)> {
    let list = Shelf::List(kind.list(number));
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
    let warnings = unfiled.filter_map(|(kind, key, number)| {
        let list = kind.list(number);
        let (source, written) = oldest(newsroom, kind, key, number)?;
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
