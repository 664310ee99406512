//! What a change of names may reach. In: the registry before and after it. Out: [`Renamed`]: the articles that have to be read
//! again ([`Renamed::articles`]), and the keys of all that links may have been led to ([`Renamed::keys`]). [`Renamed::of`] is
//! the entry.
//!
//! Every topic, entity and story that stays keeps its number, and an article is filed as it was unless a name that came or went
//! may stand in its text or front matter, it belongs to what is gone, or something in it leads to what is called otherwise now.

use std::collections::{BTreeMap, BTreeSet};

use super::matcher::{Needle, may_hold, needles};
use crate::{
    archive::{FILED, Registered, Registry, Snapshot, edition_of_text},
    model::{
        config::Config,
        edition::StaticPage,
        links::{beside, id_key, path_key},
        newsroom::{ArticleId, ListId, Shelf, Stand},
        registry::{Entity, EntityKind, Matching, Story, Topic},
        route,
        source::Written,
        tongue::Tongue,
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
    /// Topics and stories whose articles show another name, and what is gone.
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
    /// What names came, went or changed between two registries.
    #[must_use]
    pub fn of(old: &Registry, new: &Registry) -> Self {
        let mut renamed = Self::default();
        renamed.pages(old, new);
        for kind in [Registered::Topic, Registered::Entity, Registered::Story] {
            let (before, after) = (called(old, kind), called(new, kind));
            let all: BTreeSet<u32> = before.keys().chain(after.keys()).copied().collect();
            for number in all {
                let (before, after) = (before.get(&number), after.get(&number));
                if before == after {
                    continue;
                }
                renamed.note(kind, before, after);
                if kind == Registered::Entity && FILED.contains(&number) {
                    renamed.respelled([old, new], number);
                }
                let is_shown = kind != Registered::Entity || after.is_none();
                if is_shown && names(before) != names(after) {
                    renamed.lists.push(kind.list(number));
                }
            }
        }
        renamed.spellings.sort_unstable();
        renamed.spellings.dedup();
        renamed
    }

    /// Notes by what links found a page outside the news that came, went, moved or is called otherwise now.
    fn pages(&mut self, old: &Registry, new: &Registry) {
        let by_source = |registry: &'_ Registry| -> BTreeMap<String, (String, Tongue, String)> {
            let all = registry.pages.iter();
            let one = |it: &StaticPage| (it.path.clone(), it.tongue, it.title.clone());
            all.map(|it| (it.source.clone(), one(it))).collect()
        };
        let (before, after) = (by_source(old), by_source(new));
        let all = before.iter().chain(&after);
        for (source, page) in all {
            if before.get(source) != after.get(source) {
                let path = fold::key(&page.0);
                let below = fold::key(&format!("pages/{}", page.0));
                self.keys.extend([path_key(source), id_key(&path), id_key(&below)]);
            }
        }
        let [before, after] =
            [old, new].map(|it| it.unpublished().iter().copied().collect::<BTreeSet<u64>>());
        self.keys.extend(before.symmetric_difference(&after));
    }

    /// Notes by what links and front matter found something and do no longer, or do now; and if it is shown as something
    /// else, all by which they find it.
    fn note(&mut self, kind: Registered, before: Option<&Called<'_>>, after: Option<&Called<'_>>) {
        let keys = |called: Option<&Called<'_>>| called.map(|it| it.keys(kind)).unwrap_or_default();
        let (was, is) = (keys(before), keys(after));
        self.named.extend(was.symmetric_difference(&is));
        if names(before) == names(after) {
            self.keys.extend(was.symmetric_difference(&is));
        } else {
            self.keys.extend(was.union(&is));
        }
    }

    /// Notes the spellings of an entity that came or went.
    fn respelled(&mut self, registries: [&Registry; 2], number: u32) {
        let of = |registry: &Registry| -> (Option<Matching>, BTreeSet<Needle>) {
            let Some(entity) = registry.entities.get(number) else { return Default::default() };
            let told = registry.names_told().filter(|(at, _)| *at == number);
            (Some(entity.matching), needles(entity, told.map(|(_, name)| name)))
        };
        let [(was, before), (is, after)] = registries.map(of);
        let changed: Vec<&Needle> = if was == is {
            before.symmetric_difference(&after).collect()
        } else {
            before.union(&after).collect()
        };
        let keys = |needle: &&Needle| (!needle.is_family()).then(|| needle.keys.clone());
        self.spellings.extend(changed.iter().filter_map(keys));
        if changed.iter().any(|needle| needle.is_family()) {
            // It counts in articles that name the person in full, or say that they are about him.
            self.spellings.extend(before.union(&after).collect::<Vec<_>>().iter().filter_map(keys));
            self.lists.push(Registered::Entity.list(number));
        }
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

/// Entities that came, or of which something else is told than before.
#[derive(Debug, Default)]
pub struct Retold {
    /// Their lists.
    pub lists: BTreeSet<ListId>,
    /// Their old addresses, before and now.
    pub redirects: BTreeSet<String>,
    /// Files that they show or showed.
    pub media: BTreeSet<String>,
}

/// What is told otherwise; `None` if something went, or a topic is below another one.
#[must_use]
pub fn retold(old: &Registry, new: &Registry) -> Option<Retold> {
    let is_there = |(number, _): (u32, &Entity)| new.entities.get(number).is_some();
    if old.parents != new.parents || !old.entities.iter().all(is_there) {
        return None;
    }
    let mut retold = Retold::default();
    for (number, entity) in new.entities.iter() {
        let before = old.entities.get(number);
        if before.is_none_or(|before| before.digest != entity.digest) {
            retold.lists.insert(Registered::Entity.list(number));
            for (registry, entity) in before.map(|it| (old, it)).into_iter().chain([(new, entity)])
            {
                let ids = entity.redirect_from.iter().map(|id| route::entity_id(&id.text));
                retold.redirects.extend(ids.map(|it| it.as_str().to_owned()));
                let links = registry.links_of(&entity.source).iter();
                let own = links.filter(|link| !link.dest.text.contains("://"));
                retold.media.extend(own.filter_map(|it| beside(&entity.source, &it.dest.text)));
            }
        }
    }
    Some(retold)
}

/// What something is shown as; nothing if it is not there.
fn names<'c, 'r>(called: Option<&'c Called<'r>>) -> &'c [(&'r str, &'r str, &'r str)] {
    called.map_or(&[], |called| called.names.as_slice())
}

/// The keys by which links find what only front matter names.
#[must_use]
pub fn keys_of_unfiled(registry: &Registry, kind: Registered, number: u32) -> BTreeSet<u64> {
    called(registry, kind).get(&number).map(|it| it.keys(kind)).unwrap_or_default()
}

/// How everything of one kind is called, by number.
fn called(registry: &Registry, kind: Registered) -> BTreeMap<u32, Called<'_>> {
    let mut all: BTreeMap<u32, Called<'_>> = match kind {
        Registered::Topic => registry.topics.iter().map(|(at, it)| (at, it.into())).collect(),
        Registered::Entity => registry.entities.iter().map(|(at, it)| (at, it.into())).collect(),
        Registered::Story => registry.stories.iter().map(|(at, it)| (at, it.into())).collect(),
    };
    for told in registry.told.values() {
        let told: Vec<(u32, Called<'_>)> = match kind {
            Registered::Topic => told.topics.iter().map(|(at, it)| (*at, it.into())).collect(),
            Registered::Entity => told.entities.iter().map(|(at, it)| (*at, it.into())).collect(),
            Registered::Story => told.stories.iter().map(|(at, it)| (*at, it.into())).collect(),
        };
        for (at, told) in told {
            if let Some(called) = all.get_mut(&at) {
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
