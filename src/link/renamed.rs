//! What a change of names may reach. In: the registry before and after it. Out: [`Renamed`]: the articles that have to be read
//! again ([`Renamed::articles`]), and the keys of all that links may have been led to ([`Renamed::keys`]). [`Renamed::of`] is
//! the entry.
//!
//! As long as the same files say what there is, every topic, entity and story keeps its position, and an article is filed as it
//! was unless a name that came or went may stand in its text or front matter, or something in it leads to what is called
//! otherwise now.

use std::collections::{BTreeMap, BTreeSet};

use super::matcher::{Needle, may_hold, needles};
use crate::{
    archive::{Registered, Registry, Snapshot, edition_of_text},
    model::{
        config::Config,
        edition::StaticPage,
        links::{id_key, path_key},
        newsroom::{ArticleId, ListId, Shelf, Stand},
        registry::{Entity, EntityKind, Matching, Story, Topic},
        source::Written,
    },
    text::fold,
};

/// What a change of names may reach.
#[derive(Debug, Default)]
pub struct Renamed {
    /// The keys by which links find what is called otherwise, before and now.
    pub keys: BTreeSet<u64>,
    /// Those of names in front matter that came or went.
    named: BTreeSet<u64>,
    /// Spellings that came or went: of each, the keys of its words.
    spellings: Vec<Vec<u64>>,
    /// Topics and stories whose articles show another name.
    lists: Vec<ListId>,
}

/// How something of the registry is called.
#[derive(PartialEq)]
struct Called<'r> {
    id: &'r str,
    /// Its file, then those that tell of it in other languages.
    sources: Vec<&'r str>,
    /// What is shown as its name, each with the file that says so and the language that it says it of.
    names: Vec<(&'r str, &'r str, &'r str)>,
    /// Other names, each with the file that says so.
    aliases: Vec<(&'r str, &'r str)>,
    /// Ids of what was merged into it.
    merged: Vec<&'r str>,
    matching: (Matching, Option<EntityKind>),
}

impl Renamed {
    /// What names changed between two registries; `None` if something came or went, or a page moved: then any article may
    /// be filed otherwise.
    #[must_use]
    pub fn of(old: &Registry, new: &Registry) -> Option<Self> {
        let stays = |(a, b): (&StaticPage, &StaticPage)| {
            (&a.source, &a.path, a.tongue) == (&b.source, &b.path, b.tongue)
        };
        if old.pages.len() != new.pages.len() || !old.pages.iter().zip(&new.pages).all(stays) {
            return None;
        }
        let mut renamed = Self::default();
        for (before, after) in old.pages.iter().zip(&new.pages) {
            if before.title != after.title {
                let path = fold::key(&after.path);
                let below = fold::key(&format!("pages/{}", after.path));
                renamed.keys.extend([path_key(&after.source), id_key(&path), id_key(&below)]);
            }
        }
        for kind in [Registered::Topic, Registered::Entity, Registered::Story] {
            let (before, after) = (called(old, kind), called(new, kind));
            let is_same = |(a, b): (&Called<'_>, &Called<'_>)| {
                (a.id, a.sources.first()) == (b.id, b.sources.first())
            };
            if before.len() != after.len() || !before.iter().zip(&after).all(is_same) {
                return None;
            }
            let changed = (0..).zip(before.iter().zip(&after)).filter(|(_, (a, b))| a != b);
            for (position, (before, after)) in changed {
                renamed.note(kind, before, after);
                if kind == Registered::Entity {
                    renamed.respelled([old, new], position);
                } else if before.names != after.names {
                    renamed.lists.push(kind.list(position));
                }
            }
        }
        renamed.spellings.sort_unstable();
        renamed.spellings.dedup();
        Some(renamed)
    }

    /// Notes by what links and front matter found something and do no longer, or do now; and if it is shown as something
    /// else, all by which they find it.
    fn note(&mut self, kind: Registered, before: &Called<'_>, after: &Called<'_>) {
        let (was, is) = (before.keys(kind), after.keys(kind));
        self.named.extend(was.symmetric_difference(&is));
        if before.names == after.names {
            self.keys.extend(was.symmetric_difference(&is));
        } else {
            self.keys.extend(was.union(&is));
        }
    }

    /// Notes the spellings of an entity that came or went.
    fn respelled(&mut self, registries: [&Registry; 2], position: u32) {
        let of = |registry: &Registry| -> Option<(Matching, BTreeSet<Needle>)> {
            let entity = registry.entities.get(position as usize)?;
            let told = registry.names_told().filter(|(at, _)| *at == position);
            Some((entity.matching, needles(entity, told.map(|(_, name)| name))))
        };
        let [Some((was, before)), Some((is, after))] = registries.map(of) else { return };
        let changed: Vec<Vec<u64>> = if was == is {
            before.symmetric_difference(&after).map(|it| it.keys.clone()).collect()
        } else {
            before.union(&after).map(|it| it.keys.clone()).collect()
        };
        self.spellings.extend(changed);
    }

    /// The articles that have to be read again.
    #[must_use]
    pub fn articles(&self, archive: &Snapshot, config: &Config) -> BTreeSet<ArticleId> {
        let is_reached = |signature: &[u8]| {
            self.spellings.iter().any(|keys| may_hold(signature, keys))
                || self.named.iter().any(|key| may_hold(signature, &[*key]))
        };
        let mut articles: BTreeSet<ArticleId> =
            archive.articles_signed(is_reached).into_iter().collect();
        let texts = self.keys.iter().flat_map(|key| archive.backlinks(*key));
        articles.extend(texts.filter(|it| edition_of_text(*it).is_none()).map(ArticleId));
        for list in &self.lists {
            for tongue in config.tongues() {
                let stand = Stand { tongue, shelf: Shelf::List(*list) };
                let months = archive.months(stand).into_iter();
                let items = months.flat_map(|(month, _)| archive.items(stand, month));
                articles.extend(items.map(|item| item.id));
            }
        }
        articles
    }
}

/// How everything of one kind is called, by position.
fn called(registry: &Registry, kind: Registered) -> Vec<Called<'_>> {
    let mut all: Vec<Called<'_>> = match kind {
        Registered::Topic => registry.topics.iter().map(Called::from).collect(),
        Registered::Entity => registry.entities.iter().map(Called::from).collect(),
        Registered::Story => registry.stories.iter().map(Called::from).collect(),
    };
    for told in registry.told.values() {
        let told: Vec<(u32, Called<'_>)> = match kind {
            Registered::Topic => told.topics.iter().map(|(at, it)| (*at, it.into())).collect(),
            Registered::Entity => told.entities.iter().map(|(at, it)| (*at, it.into())).collect(),
            Registered::Story => told.stories.iter().map(|(at, it)| (*at, it.into())).collect(),
        };
        for (at, told) in told {
            if let Some(called) = all.get_mut(at as usize) {
                called.sources.extend(told.sources);
                called.names.extend(told.names);
                called.aliases.extend(told.aliases);
            }
        }
    }
    all
}

impl<'r> From<&'r Topic> for Called<'r> {
    fn from(topic: &'r Topic) -> Self {
        Self::new((&topic.source, &topic.id), (&topic.name, &topic.names), &topic.aliases)
    }
}

impl<'r> From<&'r Entity> for Called<'r> {
    fn from(entity: &'r Entity) -> Self {
        let Entity { source, id, name, names, aliases, .. } = entity;
        let merged = entity.redirect_from.iter().map(|id| id.text.as_str()).collect();
        let matching = (entity.matching, entity.kind);
        Self { merged, matching, ..Self::new((source, id), (name, names), aliases) }
    }
}

impl<'r> From<&'r Story> for Called<'r> {
    fn from(story: &'r Story) -> Self {
        Self::new((&story.source, &story.id), (&story.name, &story.names), &[])
    }
}

impl<'r> Called<'r> {
    fn new(
        (source, id): (&'r str, &'r str),
        (name, names): (&'r str, &'r BTreeMap<String, String>),
        aliases: &'r [Written],
    ) -> Self {
        let told = names.iter().map(|(tag, name)| (source, tag.as_str(), name.as_str()));
        Self {
            sources: vec![source],
            id,
            names: [(source, "", name)].into_iter().chain(told).collect(),
            aliases: aliases.iter().map(|alias| (source, alias.text.as_str())).collect(),
            merged: Vec::new(),
            matching: (Matching::Auto, None),
        }
    }

    /// The keys of all by which links and front matter find it.
    fn keys(&self, kind: Registered) -> BTreeSet<u64> {
        let below = |id: &str| format!("{}/{id}", kind.folder());
        let ids = self.merged.iter().chain([&self.id]);
        let ids = ids.flat_map(|id| [fold::key(id), fold::key(&below(id))]);
        let aliases = self.aliases.iter().map(|(_, alias)| alias);
        let names = self.names.iter().map(|(.., name)| name).chain(aliases);
        let keys = ids.chain(names.map(|name| fold::key(name))).map(|key| id_key(&key));
        keys.chain(self.sources.iter().map(|source| path_key(source))).collect()
    }
}
