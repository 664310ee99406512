//! Topics and entities of every generated newsroom. In: the word lists. Out: [`Registry::new`]: 200 topics and 5,000
//! entities, the same for every seed, and the text of their files.

use std::{collections::HashSet, fmt::Write as _};

use crate::{
    cast::Cast,
    phrases::{FEMININE, Given, Phrases},
    random::Random,
};

/// How many topics there are.
pub const N_TOPICS: usize = 200;
/// How many entities there are: of five, three persons, a body and a place.
pub const N_ENTITIES: usize = 5_000;

/// What articles may be about.
#[derive(Debug)]
pub struct Registry {
    /// By rank, the most used first.
    pub topics: Vec<Topic>,
    /// By rank, the most used first.
    pub entities: Vec<Entity>,
}

/// A subject.
#[derive(Debug)]
pub struct Topic {
    /// The stem of its file.
    pub id: String,
    /// As shown.
    pub name: String,
}

/// A person, body or place.
#[derive(Debug)]
pub struct Entity {
    /// The stem of its file.
    pub id: String,
    /// What it is.
    pub kind: Kind,
    /// The preferred spelling; no other entity bears it.
    pub name: String,
    /// Other spellings that no other entity bears.
    pub aliases: Vec<String>,
    /// What it is, in one line.
    pub role: &'static str,
    /// Whether verbs after it are feminine.
    pub is_she: bool,
}

/// The kinds that are generated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// 60 in 100.
    Person,
    /// 20 in 100.
    Organization,
    /// 20 in 100.
    Place,
}

impl Registry {
    /// The registry that the word lists give.
    #[must_use]
    pub fn new(phrases: &Phrases) -> Self {
        let heads = phrases.list("topic heads");
        let fields = phrases.list("fields");
        let topics = (0..N_TOPICS).map(|rank| {
            let (head, field) = pair(rank, 37, heads, fields);
            Topic { id: format!("topic-{}", rank + 1), name: format!("{head} {field}") }
        });
        let mut entities: Vec<_> = (0..N_ENTITIES).map(|rank| entity(rank, phrases)).collect();
        let mut taken: HashSet<String> = entities.iter().map(|it| it.name.clone()).collect();
        for entity in &mut entities {
            entity.aliases.retain(|alias| taken.insert(alias.clone()));
        }
        Self { topics: topics.collect(), entities }
    }
}

fn entity(rank: usize, phrases: &Phrases) -> Entity {
    let number = rank / 5;
    match rank % 5 {
        0..=2 => person(number * 3 + rank % 5, phrases),
        3 => organization(number, phrases),
        _ => place(number, phrases),
    }
}

/// The `number`-th pair of two lists; a step without a common factor visits all pairs before one comes again.
fn pair(
    number: usize,
    step: usize,
    a: &[&'static str],
    b: &[&'static str],
) -> (&'static str, &'static str) {
    let at = number * step % (a.len() * b.len()).max(1);
    let of = |list: &[&'static str], at: usize| list.get(at).copied().unwrap_or_default();
    (of(a, at % a.len().max(1)), of(b, at / a.len().max(1)))
}

fn person(number: usize, phrases: &Phrases) -> Entity {
    // Every fourth is a woman; each gender counts its own pairs.
    let is_she = number % 4 == 3;
    let (own, nth, roles) = if is_she {
        ("given names, feminine", number / 4, "roles, feminine")
    } else {
        ("given names, masculine", number - number / 4, "roles")
    };
    let (given, family) = pair(nth, 1_013, phrases.list(own), phrases.list("family names"));
    let (father, _) = pair(nth + 1, 1_013, phrases.list("given names, masculine"), &[""]);
    let name = format!("{given} {family}");
    let long = format!("{given} {father} {family}");
    let mut aliases = vec![unhamzated(&name), family.to_owned()];
    if number.is_multiple_of(3) {
        aliases.push(long);
    }
    let id =
        if number % 3 == 1 { name.replace(' ', "-") } else { format!("person-{}", number + 1) };
    let roles = phrases.list(roles);
    let role = roles.get(number % roles.len().max(1)).copied().unwrap_or_default();
    Entity { id, kind: Kind::Person, name, aliases, role, is_she }
}

fn organization(number: usize, phrases: &Phrases) -> Entity {
    let is_she = number % 2 == 1;
    let heads = phrases.list(if is_she { "bodies, feminine" } else { "bodies, masculine" });
    let (head, field) = pair(number / 2, 37, heads, phrases.list("fields"));
    let domains = phrases.list("domains");
    let domain = domains.get(number / 2 % domains.len().max(1)).copied().unwrap_or_default();
    let short = format!("{head} {field}");
    let mut name = format!("{short} {domain}");
    if is_she {
        name.push(FEMININE);
    }
    let roles = phrases.list("roles of bodies");
    let role = roles.get(number % roles.len().max(1)).copied().unwrap_or_default();
    let id = format!("body-{}", number + 1);
    Entity {
        id,
        kind: Kind::Organization,
        aliases: vec![unhamzated(&name), short],
        name,
        role,
        is_she,
    }
}

fn place(number: usize, phrases: &Phrases) -> Entity {
    let (head, tail) = pair(number, 787, phrases.list("place heads"), phrases.list("place tails"));
    let name = format!("{head} {tail}");
    let bare = format!("{head} {}", tail.strip_prefix(ARTICLE).unwrap_or(tail));
    let roles = phrases.list("roles of places");
    let role = roles.get(number % roles.len().max(1)).copied().unwrap_or_default();
    let id = if number.is_multiple_of(3) {
        name.replace(' ', "-")
    } else {
        format!("place-{}", number + 1)
    };
    Entity {
        id,
        kind: Kind::Place,
        aliases: vec![unhamzated(&name), bare],
        name,
        role,
        is_she: true,
    }
}

/// The article before a noun.
const ARTICLE: &str = "\u{627}\u{644}";

/// As many write it: without hamzas on and under alif.
fn unhamzated(name: &str) -> String {
    name.replace(['\u{623}', '\u{625}', '\u{622}'], "\u{627}")
}

impl Topic {
    /// The text of its file.
    #[must_use]
    pub fn file(&self, rank: usize, phrases: &Phrases) -> String {
        let mut text = format!("---\nname: {}\n---\n", self.name);
        let mut cast = Cast::new(&[], phrases, Random::new(0, rank as u64));
        let given = Given { name: &self.name, ..Given::default() };
        phrases.say("definitions", given, &mut cast, &mut text);
        text.push('\n');
        text
    }
}

impl Entity {
    /// The text of its file.
    #[must_use]
    pub fn file(&self, rank: usize, phrases: &Phrases) -> String {
        let kind = match self.kind {
            Kind::Person => "person",
            Kind::Organization => "organization",
            Kind::Place => "place",
        };
        let mut text = format!("---\nname: {}\nkind: {kind}\n", self.name);
        if !self.aliases.is_empty() {
            // Writing to a string does not fail.
            let _ = writeln!(text, "aliases: [{}]", self.aliases.join(", "));
        }
        let _ = writeln!(text, "role: {}\n---", self.role);
        let mut cast = Cast::new(&[], phrases, Random::new(1, rank as u64));
        let given = Given { name: &self.name, role: self.role, ..Given::default() };
        phrases.say("profiles", given, &mut cast, &mut text);
        text.push('\n');
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_bear_one_name_or_id() {
        let registry = Registry::new(&Phrases::read());
        let mut names = HashSet::new();
        let mut ids = HashSet::new();
        for entity in &registry.entities {
            assert!(ids.insert(&entity.id), "{}", entity.id);
            for name in entity.aliases.iter().chain([&entity.name]) {
                assert!(names.insert(name), "{name}");
            }
        }
        let topics: HashSet<_> = registry.topics.iter().map(|it| &it.name).collect();
        assert_eq!((topics.len(), ids.len()), (N_TOPICS, N_ENTITIES));
    }
}
