//! What articles are about: topics, entities and running stories, each with an id unique in its kind.

use std::collections::BTreeMap;

use jiff::civil;
use serde::{Deserialize, Serialize};

use super::{
    Digest,
    article::{Body, Image},
    source::Written,
};

/// A subject under which articles are collected.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Topic {
    /// Its file; empty for a topic that only front matter names.
    pub source: String,
    /// The file's stem.
    pub id: String,
    /// As shown.
    pub name: String,
    /// The broader topic, as written.
    pub parent: Option<Written>,
    /// The name in other languages, by BCP 47 tag.
    pub names: BTreeMap<String, String>,
    /// Other names under which front matter may name it.
    pub aliases: Vec<Written>,
    /// IPTC Media Topic code, e.g. `11000000`.
    pub iptc: Option<String>,
    /// Picture of the topic.
    pub image: Option<Image>,
    /// A definition.
    pub body: Body,
    /// Keys that brief does not know, for templates.
    #[serde(with = "super::extra")]
    pub extra: BTreeMap<String, serde_json::Value>,
    /// Of the whole file.
    pub digest: Digest,
}

/// Who, what or where: a person, organisation, place, event or work.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Entity {
    /// Its file; empty for an entity that only front matter names.
    pub source: String,
    /// The file's stem.
    pub id: String,
    /// The preferred spelling.
    pub name: String,
    /// Person, organisation, place, event or work; `None` for an entity that only front matter names.
    pub kind: Option<EntityKind>,
    /// Other spellings found in text.
    pub aliases: Vec<Written>,
    /// The name in other languages, by BCP 47 tag.
    pub names: BTreeMap<String, String>,
    /// What it is, in one line.
    pub role: Option<String>,
    /// Wikidata item, `Q…`.
    pub wikidata: Option<String>,
    /// Pages elsewhere about the same thing.
    pub same_as: Vec<String>,
    /// Ordered facts.
    pub facts: Vec<Fact>,
    /// Portrait, logo or map.
    pub image: Option<Image>,
    /// How its names are looked for in text.
    pub matching: Matching,
    /// Ids of entities merged into this one.
    pub redirect_from: Vec<Written>,
    /// A neutral profile.
    pub body: Body,
    /// Keys that brief does not know, for templates.
    #[serde(with = "super::extra")]
    pub extra: BTreeMap<String, serde_json::Value>,
    /// Of the whole file.
    pub digest: Digest,
}

impl Entity {
    /// The preferred spelling, then the others found in text.
    #[must_use]
    pub fn all_names(&self) -> Vec<&str> {
        let aliases = self.aliases.iter().map(|alias| alias.text.as_str());
        [self.name.as_str()].into_iter().chain(aliases).collect()
    }
}

/// The five kinds of entity; each has a label in the UI texts (`entity_kind.<key>`) and a schema.org type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntityKind {
    /// schema.org `Person`
    Person,
    /// schema.org `Organization`
    Organization,
    /// schema.org `Place`
    Place,
    /// schema.org `Event`
    Event,
    /// schema.org `CreativeWork`; also weapons, vehicles, treaties
    Work,
}

impl EntityKind {
    /// Every kind, with its key in front matter.
    pub const ALL: [(&'static str, Self); 5] = [
        ("person", Self::Person),
        ("organization", Self::Organization),
        ("place", Self::Place),
        ("event", Self::Event),
        ("work", Self::Work),
    ];

    /// The key in front matter and UI texts.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organization => "organization",
            Self::Place => "place",
            Self::Event => "event",
            Self::Work => "work",
        }
    }
}

/// How the names of an entity are looked for in text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Matching {
    /// In every article.
    #[default]
    Auto,
    /// Only where the article's own `entities` name it.
    Exact,
    /// Never.
    Never,
}

/// One line of an entity's fact box.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// As shown.
    pub label: String,
    /// Text, or the id of an entity.
    pub value: Written,
}

/// A running story: milestones told over many articles.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Story {
    /// Its file; empty for a story that only front matter names.
    pub source: String,
    /// The file's stem.
    pub id: String,
    /// As shown.
    pub name: String,
    /// The name in other languages, by BCP 47 tag.
    pub names: BTreeMap<String, String>,
    /// Whether it goes on.
    pub status: StoryStatus,
    /// What happened when, oldest first.
    pub milestones: Vec<Milestone>,
    /// What it is, in three sentences.
    pub body: Body,
    /// Keys that brief does not know, for templates.
    #[serde(with = "super::extra")]
    pub extra: BTreeMap<String, serde_json::Value>,
    /// Of the whole file.
    pub digest: Digest,
}

/// Whether a running story goes on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StoryStatus {
    /// More is expected.
    #[default]
    Ongoing,
    /// Told to its end.
    Ended,
}

/// One dated step of a running story.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Milestone {
    /// The day.
    #[serde(with = "super::moment::day")]
    pub date: civil::Date,
    /// What happened. Plain text.
    pub text: String,
    /// The stem of the article that tells it, as written.
    pub article: Option<Written>,
}
