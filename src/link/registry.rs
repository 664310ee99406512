//! Topics, entities, stories and pages → the registry. In: what their files say ([`Texts`]), and the registry of the
//! last build. Out: a [`Registry`] without what only front matter names, and what an editor should look at. [`registry`] is
//! the entry; [`close`] follows once the rest is known.

use std::collections::BTreeMap;

mod told;

use super::{changes::image_link, publish::Shows, references::leads_nowhere, unfiled};
use crate::{
    archive::{FILED, Registered, Registry, fresh, numbers},
    diag::{Diagnostic, Place},
    model::{
        article::{BodyLink, Image},
        config::Config,
        edition::StaticPage,
        hash::Hash,
        links,
        newsroom::{EntityIdx, StoryIdx, Target, TopicIdx},
        registry::{Entity, Story, Topic},
        source::stem_of,
    },
    text::fold,
};

/// What the files say that articles can belong to, and the pages outside the news, each with its links and images; in the
/// order of their paths.
#[derive(Debug, Default)]
pub struct Texts {
    /// Topics.
    pub topics: Vec<(Topic, Vec<BodyLink>)>,
    /// Entities.
    pub entities: Vec<(Entity, Vec<BodyLink>)>,
    /// Stories.
    pub stories: Vec<(Story, Vec<BodyLink>)>,
    /// Pages, drafts too.
    pub pages: Vec<(StaticPage, Vec<BodyLink>)>,
    /// What of these is shown besides what is public.
    pub shows: Shows,
}

/// What a file of the registry says.
pub trait Entry: Clone + Send + Sync {
    /// The file.
    fn source(&self) -> &str;

    /// The image that stands for it.
    fn image(&self) -> Option<&Image> {
        None
    }

    /// All of this kind that a registry holds, each as its file says it.
    fn of(registry: &Registry) -> Vec<&Self>;

    /// Its links and images, of which its text has these.
    fn links(&self, found: Vec<BodyLink>) -> Vec<BodyLink> {
        image_link(self.image()).into_iter().chain(found).collect()
    }
}

impl Entry for Topic {
    fn source(&self) -> &str {
        &self.source
    }

    fn image(&self) -> Option<&Image> {
        self.image.as_ref()
    }

    fn of(registry: &Registry) -> Vec<&Self> {
        let told = registry.told.values().flat_map(|told| told.topics.values());
        registry.topics.filed().chain(told).collect()
    }
}

impl Entry for Entity {
    fn source(&self) -> &str {
        &self.source
    }

    fn image(&self) -> Option<&Image> {
        self.image.as_ref()
    }

    fn of(registry: &Registry) -> Vec<&Self> {
        let told = registry.told.values().flat_map(|told| told.entities.values());
        registry.entities.filed().chain(told).collect()
    }
}

impl Entry for Story {
    fn source(&self) -> &str {
        &self.source
    }

    fn of(registry: &Registry) -> Vec<&Self> {
        let told = registry.told.values().flat_map(|told| told.stories.values());
        registry.stories.filed().chain(told).collect()
    }
}

impl Entry for StaticPage {
    fn source(&self) -> &str {
        &self.source
    }

    fn of(registry: &Registry) -> Vec<&Self> {
        registry.pages.iter().collect()
    }
}

/// The registry of everything with a file; whoever has a number in the last one keeps it. `None` if there is no number left
/// for who is new.
#[must_use]
pub fn registry(mut texts: Texts, config: &Config, last: Option<&Registry>) -> Option<Registry> {
    let mut registry = Registry::default();
    let translations = told::take(&mut texts, config);
    if config.is_multilingual() {
        registry.tag = Some(config.language.clone());
        registry.other_tags = config.languages.iter().skip(1).map(|it| it.tag.clone()).collect();
    }
    texts.topics.sort_by(|a, b| a.0.id.cmp(&b.0.id));
    texts.entities.sort_by(|a, b| a.0.id.cmp(&b.0.id));
    texts.stories.sort_by(|a, b| a.0.id.cmp(&b.0.id));
    let topics = texts.topics.iter().map(|(it, _)| it.id.as_str());
    let topics = numbers_of(&topics.collect::<Vec<_>>(), Registered::Topic, last)?;
    let entities = texts.entities.iter().map(|(it, _)| it.id.as_str());
    let entities = numbers_of(&entities.collect::<Vec<_>>(), Registered::Entity, last)?;
    let stories = texts.stories.iter().map(|(it, _)| it.id.as_str());
    let stories = numbers_of(&stories.collect::<Vec<_>>(), Registered::Story, last)?;
    for (number, (topic, all)) in topics.into_iter().zip(texts.topics) {
        let target = Target::Topic(TopicIdx(number));
        add(&mut registry, &topic.source, Registered::Topic.folder(), &topic.id, target);
        add_names(&mut registry, topic.aliases.iter().map(|it| &it.text), &topic.name, target);
        refer(&mut registry, &topic.source, all);
        registry.topics.add(number, topic);
    }
    for (number, (entity, all)) in entities.into_iter().zip(texts.entities) {
        let target = Target::Entity(EntityIdx(number));
        add(&mut registry, &entity.source, Registered::Entity.folder(), &entity.id, target);
        let merged = entity.redirect_from.iter();
        merged.for_each(|id| add(&mut registry, "", "entities", &id.text, target));
        add_names(&mut registry, entity.aliases.iter().map(|it| &it.text), &entity.name, target);
        let facts = entity.facts.iter().flat_map(|fact| links::id_keys(&fact.value.text));
        registry.wanted.extend(facts);
        refer(&mut registry, &entity.source, all);
        registry.entities.add(number, entity);
    }
    for (number, (story, all)) in stories.into_iter().zip(texts.stories) {
        let target = Target::Story(StoryIdx(number));
        add(&mut registry, &story.source, Registered::Story.folder(), &story.id, target);
        add_names(&mut registry, [].into_iter(), &story.name, target);
        let told = story.milestones.iter().filter_map(|it| it.article.as_ref());
        registry.wanted.extend(told.flat_map(|it| links::id_keys(&it.text)));
        refer(&mut registry, &story.source, all);
        registry.stories.add(number, story);
    }
    told::add(&mut registry, translations);
    add_pages(&mut registry, texts.pages, texts.shows);
    Some(registry)
}

/// Numbers for sorted ids of one kind.
fn numbers_of(ids: &[&str], kind: Registered, last: Option<&Registry>) -> Option<Vec<u32>> {
    match last {
        Some(last) => numbers(ids, &last.ids(kind), FILED),
        None => Some(fresh(ids.len(), FILED)),
    }
}

fn add_pages(registry: &mut Registry, pages: Vec<(StaticPage, Vec<BodyLink>)>, shows: Shows) {
    let (drafts, published): (Vec<_>, Vec<_>) =
        pages.into_iter().partition(|(page, _)| page.draft && !shows.drafts);
    for (page, _) in drafts {
        let stem = stem_of(&page.source);
        let keys = [fold::key(stem), fold::key(&format!("articles/{stem}"))];
        registry.hide(&page.source, &keys);
    }
    for (idx, (page, all)) in (0..).zip(published) {
        add(registry, &page.source, "pages", &page.path, Target::Page(idx));
        refer(registry, &page.source, all);
        registry.pages.push(page);
    }
}

fn add(registry: &mut Registry, source: &str, folder: &str, id: &str, target: Target) {
    registry.add_path(source, target);
    registry.add_id(&fold::key(id), target);
    registry.add_id(&fold::key(&format!("{folder}/{id}")), target);
}

fn add_names<'n>(
    registry: &mut Registry,
    aliases: impl Iterator<Item = &'n String>,
    name: &str,
    target: Target,
) {
    registry.add_name(&fold::key(name), target);
    aliases.for_each(|alias| registry.add_name(&fold::key(alias), target));
}

fn refer(registry: &mut Registry, source: &str, all: Vec<BodyLink>) {
    registry.wanted.extend(all.iter().flat_map(|link| links::keys(source, link)));
    registry.links.push((source.to_owned(), all));
}

/// Puts the registry in order once everything has its entry: tables, broader topics, the digest of all names.
pub fn close(registry: &mut Registry) {
    registry.links.sort_by(|a, b| a.0.cmp(&b.0));
    registry.sort();
    let parent = |topic: &Topic| {
        let written = &topic.parent.as_ref()?.text;
        let found = registry.filed(Registered::Topic, written).first().copied();
        found.or_else(|| registry.unfiled(Registered::Topic, &unfiled::key(written))).map(TopicIdx)
    };
    let parents = registry.topics.iter();
    let parents = parents.filter_map(|(number, it)| Some((TopicIdx(number), parent(it)?)));
    registry.parents = parents.collect();
    registry.names_digest = names_digest(registry);
}

/// Of all by which articles and texts find what they name. What is without a file follows from the articles.
fn names_digest(registry: &Registry) -> crate::model::Digest {
    let mut hash = Hash::default();
    for topic in registry.topics.filed() {
        hash.text(&topic.source).text(&topic.id).text(&topic.name);
        topic.aliases.iter().for_each(|alias| _ = hash.text(&alias.text));
    }
    for entity in registry.entities.filed() {
        hash.text(&entity.source).text(&entity.id).text(&entity.name);
        // Persons are found by their family names as well.
        hash.debug(&entity.matching).debug(&entity.kind);
        entity.aliases.iter().for_each(|alias| _ = hash.text(&alias.text));
        hash.text("");
        entity.redirect_from.iter().for_each(|id| _ = hash.text(&id.text));
    }
    for story in registry.stories.filed() {
        hash.text(&story.source).text(&story.id).text(&story.name);
    }
    registry.pages.iter().for_each(|page| _ = hash.text(&page.source).text(&page.title));
    registry.unpublished().iter().for_each(|key| _ = hash.number(*key as usize));
    told::hash_names(registry, &mut hash);
    hash.finish()
}

/// Two files of one kind with one id: for each kind its name and its (id, source) pairs.
#[must_use]
pub fn duplicate_ids<'a>(ids: impl Iterator<Item = (&'a str, String, &'a str)>) -> Vec<Diagnostic> {
    let mut first: BTreeMap<(&str, String), &str> = BTreeMap::new();
    let mut diagnostics = Vec::new();
    for (kind, id, source) in ids {
        if let Some(other) = first.insert((kind, fold::route_key(&id)), source) {
            let message = format!("the {kind} id «{id}» is also that of `{other}`");
            diagnostics.push(
                Diagnostic::error(source, Place::FILE, "duplicate-id", message)
                    .hint("rename one of the two files, or merge them"),
            );
        }
    }
    diagnostics
}

impl Texts {
    /// Two files of one kind and language with one id, and translations of what there is not.
    #[must_use]
    pub fn misnamed(&self, config: &Config) -> Vec<Diagnostic> {
        let topics = self.topics.iter().map(|(it, _)| ("topic", it.id.clone(), it.source.as_str()));
        let entities =
            self.entities.iter().map(|(it, _)| ("entity", it.id.clone(), it.source.as_str()));
        let stories =
            self.stories.iter().map(|(it, _)| ("story", it.id.clone(), it.source.as_str()));
        let all: Vec<_> = topics.chain(entities).chain(stories).collect();
        let of = |tongue| {
            let all = all.iter().cloned();
            all.filter(move |(.., source)| told::tongue(source, config) == tongue)
        };
        let mut found: Vec<Diagnostic> =
            config.tongues().flat_map(|tongue| duplicate_ids(of(tongue))).collect();
        found.extend(told::orphans(&all, config));
        found
    }
}

/// Broader topics that there are not, and circles of them. Each chain is followed once: what has been seen from an earlier
/// start needs no second look.
#[must_use]
pub fn check_parents(registry: &Registry) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for (number, topic) in registry.topics.iter() {
        let has_parent = registry.parents.contains_key(&TopicIdx(number));
        if let Some(written) = topic.parent.as_ref().filter(|_| !has_parent) {
            diagnostics.push(leads_nowhere(&topic.source, written, "topic"));
        }
    }
    let mut seen_from: BTreeMap<TopicIdx, TopicIdx> = BTreeMap::new();
    for (start, _) in registry.topics.iter() {
        let start = TopicIdx(start);
        let mut at = Some(start);
        while let Some(idx) = at.filter(|it| !seen_from.contains_key(it)) {
            seen_from.insert(idx, start);
            at = registry.parents.get(&idx).copied();
        }
        let Some(idx) = at.filter(|it| seen_from.get(it) == Some(&start)) else { continue };
        let topic = &registry.topics[idx.0];
        if let Some(written) = &topic.parent {
            let message = format!("«{}» is its own broader topic", topic.name);
            diagnostics.push(
                Diagnostic::error(&topic.source, written.place, "topic-cycle", message)
                    .hint("remove `parent` from one of the topics of the circle"),
            );
        }
    }
    diagnostics
}
