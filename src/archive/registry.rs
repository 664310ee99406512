//! The registry: topics, entities, stories and the pages outside the news, kept in the store as one value. In: what `link`
//! has made of their files and of what front matter names without one. Out: lookups by position, id, name and path.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Entities, Told};
use crate::{
    model::{
        Digest,
        article::BodyLink,
        edition::StaticPage,
        links::id_key,
        links::path_key,
        newsroom::{EntityIdx, ListId, StoryIdx, Target, TopicIdx},
        registry::{Matching, Story, Topic},
        tongue::Tongue,
    },
    text::fold,
};

/// What articles are about, and the pages outside the news.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Registry {
    /// Those with a file by id, then those that only front matter names.
    pub topics: Vec<Topic>,
    /// In the same order.
    pub entities: Entities,
    /// In the same order.
    pub stories: Vec<Story>,
    /// Published pages outside the news, by path.
    pub pages: Vec<StaticPage>,
    /// For each topic: the broader one.
    pub parents: Vec<Option<TopicIdx>>,
    /// Links and images of every text above, by source path.
    pub links: Vec<(String, Vec<BodyLink>)>,
    /// Sorted keys of all that these texts, milestones and fact boxes refer to.
    pub wanted: Vec<u64>,
    /// What is said of them in languages that are not the site's own.
    pub told: BTreeMap<Tongue, Told>,
    /// The tag of the site's own language, on a site in several.
    pub tag: Option<String>,
    /// The tags of its other languages.
    pub other_tags: Vec<String>,
    /// Of every id, name, alias, path and rule of matching: equal digests mean that every reference leads where it led.
    pub names_digest: Digest,
    n_filed: [u32; 3],
    unfiled: BTreeMap<(Registered, String), u32>,
    by_path: Table,
    by_id: Table,
    by_name: Table,
    unpublished: Vec<u64>,
}

/// What the registry holds that articles can belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Registered {
    /// Topics.
    Topic,
    /// Entities.
    Entity,
    /// Stories.
    Story,
}

impl Registered {
    /// In messages.
    #[must_use]
    pub fn noun(self) -> &'static str {
        match self {
            Self::Topic => "topic",
            Self::Entity => "entity",
            Self::Story => "story",
        }
    }

    /// Below `content/`.
    #[must_use]
    pub fn folder(self) -> &'static str {
        match self {
            Self::Topic => "topics",
            Self::Entity => "entities",
            Self::Story => "stories",
        }
    }

    /// The list at a position.
    #[must_use]
    pub fn list(self, position: u32) -> ListId {
        match self {
            Self::Topic => ListId::Topic(TopicIdx(position)),
            Self::Entity => ListId::Entity(EntityIdx(position)),
            Self::Story => ListId::Story(StoryIdx(position)),
        }
    }

    fn position(self, target: Target) -> Option<u32> {
        match (self, target) {
            (Self::Topic, Target::Topic(TopicIdx(idx)))
            | (Self::Entity, Target::Entity(EntityIdx(idx)))
            | (Self::Story, Target::Story(StoryIdx(idx))) => Some(idx),
            _ => None,
        }
    }
}

/// Sorted pairs of a key and a packed target.
type Table = Vec<(u64, u64)>;

impl Registry {
    /// A target for a source path.
    pub fn add_path(&mut self, path: &str, target: Target) {
        if !path.is_empty() {
            self.by_path.extend(pack(target).map(|target| (path_key(path), target)));
        }
    }

    /// A target for an id, given as its `fold::key`.
    pub fn add_id(&mut self, key: &str, target: Target) {
        self.by_id.extend(pack(target).map(|target| (id_key(key), target)));
    }

    /// A target for a name or alias, given as its `fold::key`.
    pub fn add_name(&mut self, key: &str, target: Target) {
        self.by_name.extend(pack(target).map(|target| (id_key(key), target)));
    }

    /// The path and id of a page that is not published now.
    pub fn hide(&mut self, path: &str, keys: &[String]) {
        self.unpublished.push(path_key(path));
        self.unpublished.extend(keys.iter().map(|key| id_key(key)));
    }

    /// Puts the tables in order once all is added.
    pub fn sort(&mut self) {
        for table in [&mut self.by_path, &mut self.by_id, &mut self.by_name] {
            table.sort_unstable();
            table.dedup();
        }
        self.unpublished.sort_unstable();
        self.wanted.sort_unstable();
        self.wanted.dedup();
    }

    /// What a source path is published as.
    #[must_use]
    pub fn by_path(&self, key: u64) -> Option<Target> {
        find(&self.by_path, key).next()
    }

    /// What bears an id.
    pub fn by_id(&self, key: u64) -> impl Iterator<Item = Target> + '_ {
        find(&self.by_id, key)
    }

    /// What bears a name.
    pub fn by_name(&self, key: u64) -> impl Iterator<Item = Target> + '_ {
        find(&self.by_name, key)
    }

    /// Whether a path or id is of a page that is not published now.
    #[must_use]
    pub fn is_unpublished(&self, key: u64) -> bool {
        self.unpublished.binary_search(&key).is_ok()
    }

    /// The positions of the topics, entities or stories (which of them, says `kind`) that bear `written`: by id if there
    /// is one, else by name or alias. Those that only front matter names are found by [`Self::unfiled`].
    #[must_use]
    pub fn filed(&self, kind: Registered, written: &str) -> Vec<u32> {
        let key = id_key(&fold::key(written));
        let known = |target| kind.position(target).filter(|idx| *idx < self.n_filed(kind));
        let mut found: Vec<u32> = self.by_id(key).filter_map(known).collect();
        if found.is_empty() {
            found = self.by_name(key).filter_map(known).collect();
        }
        found
    }

    /// How many have a file.
    #[must_use]
    pub fn n_filed(&self, kind: Registered) -> u32 {
        match kind {
            Registered::Topic => self.n_filed[0],
            Registered::Entity => self.n_filed[1],
            Registered::Story => self.n_filed[2],
        }
    }

    /// Says that everything so far has a file.
    pub fn close_files(&mut self) {
        let count = |len: usize| u32::try_from(len).unwrap_or(u32::MAX);
        self.n_filed =
            [count(self.topics.len()), count(self.entities.len()), count(self.stories.len())];
    }

    /// The position of what only front matter names, by the key of that name.
    #[must_use]
    pub fn unfiled(&self, kind: Registered, key: &str) -> Option<u32> {
        self.unfiled.get(&(kind, key.to_owned())).copied()
    }

    /// Remembers the key under which front matter names something without a file.
    pub fn add_unfiled(&mut self, kind: Registered, key: String, position: u32) {
        self.unfiled.insert((kind, key), position);
    }

    /// Everything that only front matter names: its kind and position.
    pub fn all_unfiled(&self) -> impl Iterator<Item = (Registered, &str, u32)> + '_ {
        self.unfiled.iter().map(|((kind, key), position)| (*kind, key.as_str(), *position))
    }

    /// The names of entities with a file in the other languages of the site, by which texts are searched; with positions.
    pub fn names_told(&self) -> impl Iterator<Item = (u32, &str)> + '_ {
        let is_searched = |position: &u32| {
            let entity = self.entities.get(*position as usize);
            entity.is_some_and(|it| it.matching != Matching::Never)
        };
        let named = self.told.values().flat_map(|told| &told.entities).flat_map(|(at, entity)| {
            let aliases = entity.aliases.iter().map(|alias| alias.text.as_str());
            aliases.chain([entity.name.as_str()]).map(move |name| (*at, name))
        });
        let n_looked_at =
            if self.other_tags.is_empty() { 0 } else { self.n_filed(Registered::Entity) };
        let entities = (0..n_looked_at).zip(&self.entities);
        let short = entities.flat_map(|(at, entity)| {
            let names = self.other_tags.iter().filter_map(|tag| name_in(&entity.names, tag));
            names.map(move |name| (at, name))
        });
        named.chain(short).filter(move |(at, _)| is_searched(at))
    }

    /// The links of a text.
    #[must_use]
    pub fn links_of(&self, source: &str) -> &[BodyLink] {
        let at = self.links.binary_search_by(|(other, _)| other.as_str().cmp(source));
        at.ok().and_then(|at| self.links.get(at)).map_or(&[], |(_, links)| links.as_slice())
    }

    /// Every list: topics, entities, stories, each by id.
    #[must_use]
    pub fn lists(&self) -> Vec<ListId> {
        let mut topics: Vec<_> = (0..).map(TopicIdx).zip(&self.topics).collect();
        topics.sort_by(|a, b| a.1.id.cmp(&b.1.id));
        let mut entities: Vec<_> = (0..).map(EntityIdx).zip(&self.entities).collect();
        entities.sort_by(|a, b| a.1.id.cmp(&b.1.id));
        let mut stories: Vec<_> = (0..).map(StoryIdx).zip(&self.stories).collect();
        stories.sort_by(|a, b| a.1.id.cmp(&b.1.id));
        let topics = topics.into_iter().map(|(idx, _)| ListId::Topic(idx));
        let entities = entities.into_iter().map(|(idx, _)| ListId::Entity(idx));
        let stories = stories.into_iter().map(|(idx, _)| ListId::Story(idx));
        topics.chain(entities).chain(stories).collect()
    }
}

/// The name in a language, or in the one that it is a kind of: `en` for `en-GB`.
pub(super) fn name_in<'n>(names: &'n BTreeMap<String, String>, tag: &str) -> Option<&'n str> {
    let primary = tag.split('-').next().unwrap_or_default();
    names.get(tag).or_else(|| names.get(primary)).map(String::as_str)
}

fn find(table: &Table, key: u64) -> impl Iterator<Item = Target> + '_ {
    let from = table.partition_point(|(other, _)| *other < key);
    table[from..].iter().take_while(move |(other, _)| *other == key).filter_map(|it| unpack(it.1))
}

/// Days are found by their date and articles in the store, so they have no place in these tables.
fn pack(target: Target) -> Option<u64> {
    match target {
        Target::Topic(idx) => Some(ListId::Topic(idx).number()),
        Target::Entity(idx) => Some(ListId::Entity(idx).number()),
        Target::Story(idx) => Some(ListId::Story(idx).number()),
        Target::Page(idx) => Some(4 << 32 | u64::from(idx)),
        Target::Article(_) | Target::Day(_) => None,
    }
}

fn unpack(packed: u64) -> Option<Target> {
    let list = ListId::of_number(packed).map(Target::from);
    list.or_else(|| (packed >> 32 == 4).then_some(Target::Page((packed & 0xFFFF_FFFF) as u32)))
}
