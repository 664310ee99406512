//! Topics, entities and stories in one language of the site. In: the registry, and the files that say them in that language.
//! Out: what pages of that language show of them: [`TextsIn::topic`] and its like.
//!
//! What is not said in the language is not shown, but for the name: a page must be called something.

use std::{collections::BTreeMap, sync::OnceLock};

use serde::{Deserialize, Serialize};

use super::{Registry, registry::name_in};
use crate::model::{
    article::Body,
    hash::Hash,
    newsroom::{EntityIdx, ListId, StoryIdx, TopicIdx},
    registry::{Entity, Story, Topic},
    tongue::Tongue,
};

/// What files such as `content/topics/asia.en.md` say, by number.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Told {
    /// Topics.
    pub topics: BTreeMap<u32, Topic>,
    /// Entities.
    pub entities: BTreeMap<u32, Entity>,
    /// Stories.
    pub stories: BTreeMap<u32, Story>,
}

/// The registry's texts in one language; made as they are asked for.
#[derive(Debug)]
pub(super) struct TextsIn {
    tongue: Tongue,
    tag: String,
    topics: Box<[OnceLock<Topic>]>,
    entities: Box<[OnceLock<Entity>]>,
    stories: Box<[OnceLock<Story>]>,
}

impl TextsIn {
    /// Of the language of the site that has this tag.
    pub(super) fn of(registry: &Registry, tongue: Tongue, tag: &str) -> Self {
        let is_own = tongue == Tongue::OWN;
        let size = |len: usize| if is_own { 0 } else { len };
        Self {
            tongue,
            tag: tag.to_owned(),
            topics: empty(size(registry.topics.len())),
            entities: empty(size(registry.entities.len())),
            stories: empty(size(registry.stories.len())),
        }
    }

    pub(super) fn topic<'a>(&'a self, registry: &'a Registry, idx: TopicIdx) -> &'a Topic {
        let own = &registry.topics[idx.0];
        let slot = registry.topics.slot(idx.0).unwrap_or(usize::MAX);
        let Some(place) = self.topics.get(slot) else { return own };
        place.get_or_init(|| match self.told(registry).and_then(|it| it.topics.get(&idx.0)) {
            Some(told) => Topic {
                id: own.id.clone(),
                parent: own.parent.clone(),
                iptc: own.iptc.clone(),
                digest: both(own.digest, told.digest),
                ..told.clone()
            },
            None => Topic {
                name: self.name(&own.names, &own.name),
                aliases: Vec::new(),
                image: None,
                body: Body::default(),
                ..own.clone()
            },
        })
    }

    pub(super) fn entity<'a>(&'a self, registry: &'a Registry, idx: EntityIdx) -> &'a Entity {
        let own = &registry.entities[idx.0];
        let slot = registry.entities.slot(idx.0).unwrap_or(usize::MAX);
        let Some(place) = self.entities.get(slot) else { return own };
        place.get_or_init(|| match self.told(registry).and_then(|it| it.entities.get(&idx.0)) {
            Some(told) => Entity {
                id: own.id.clone(),
                kind: own.kind,
                names: with_own(&own.names, registry.tag.as_deref(), &own.name),
                wikidata: own.wikidata.clone(),
                same_as: own.same_as.clone(),
                matching: own.matching,
                digest: both(own.digest, told.digest),
                ..told.clone()
            },
            None => Entity {
                name: self.name(&own.names, &own.name),
                aliases: Vec::new(),
                names: with_own(&own.names, registry.tag.as_deref(), &own.name),
                role: None,
                facts: Vec::new(),
                image: None,
                body: Body::default(),
                ..own.clone()
            },
        })
    }

    pub(super) fn story<'a>(&'a self, registry: &'a Registry, idx: StoryIdx) -> &'a Story {
        let own = &registry.stories[idx.0];
        let slot = registry.stories.slot(idx.0).unwrap_or(usize::MAX);
        let Some(place) = self.stories.get(slot) else { return own };
        place.get_or_init(|| match self.told(registry).and_then(|it| it.stories.get(&idx.0)) {
            Some(told) => Story {
                id: own.id.clone(),
                status: own.status,
                digest: both(own.digest, told.digest),
                ..told.clone()
            },
            None => Story {
                name: self.name(&own.names, &own.name),
                milestones: Vec::new(),
                body: Body::default(),
                ..own.clone()
            },
        })
    }

    /// Whether a list has a name in this language, or has none of a language at all.
    pub(super) fn is_named(&self, registry: &Registry, list: ListId) -> bool {
        let told = self.told(registry);
        let (is_told, names, source) = match list {
            ListId::Topic(TopicIdx(idx)) => {
                let it = &registry.topics[idx];
                (told.is_some_and(|told| told.topics.contains_key(&idx)), &it.names, &it.source)
            }
            ListId::Entity(EntityIdx(idx)) => {
                let it = &registry.entities[idx];
                (told.is_some_and(|told| told.entities.contains_key(&idx)), &it.names, &it.source)
            }
            ListId::Story(StoryIdx(idx)) => {
                let it = &registry.stories[idx];
                (told.is_some_and(|told| told.stories.contains_key(&idx)), &it.names, &it.source)
            }
        };
        self.tongue == Tongue::OWN || source.is_empty() || is_told || self.named(names).is_some()
    }

    fn told<'a>(&self, registry: &'a Registry) -> Option<&'a Told> {
        registry.told.get(&self.tongue)
    }

    fn name(&self, names: &BTreeMap<String, String>, own: &str) -> String {
        self.named(names).unwrap_or(own).to_owned()
    }

    fn named<'n>(&self, names: &'n BTreeMap<String, String>) -> Option<&'n str> {
        name_in(names, &self.tag)
    }
}

fn empty<T>(size: usize) -> Box<[OnceLock<T>]> {
    (0..size).map(|_| OnceLock::new()).collect()
}

fn both(own: crate::model::Digest, told: crate::model::Digest) -> crate::model::Digest {
    let mut hash = Hash::default();
    hash.digest(own).digest(told);
    hash.finish()
}

/// The names in other languages, the site's own among them.
fn with_own(
    names: &BTreeMap<String, String>,
    tag: Option<&str>,
    own: &str,
) -> BTreeMap<String, String> {
    let mut names = names.clone();
    names.extend(tag.map(|tag| (tag.to_owned(), own.to_owned())));
    names
}
