//! Topics, entities and stories as files in other languages of the site tell them: `asia.en.md` beside `asia.md`. In: all that
//! was parsed. Out: those of the site's own language left in their place ([`take`]), the others in the registry ([`add`]), under
//! names that lead to the same things.

use std::collections::BTreeSet;

use super::{Texts, add_names, refer};
use crate::{
    archive::{Registered, Registry},
    diag::{Diagnostic, Place},
    model::{
        article::BodyScan,
        config::Config,
        hash::Hash,
        links::id_keys,
        newsroom::{EntityIdx, StoryIdx, Target, TopicIdx},
        registry::{Entity, Story, Topic},
        source::stem_of,
        tongue::Tongue,
    },
    text::fold,
};

/// What is told in other languages.
#[derive(Default)]
pub(super) struct Translations {
    topics: Vec<(Tongue, Topic, BodyScan)>,
    entities: Vec<(Tongue, Entity, BodyScan)>,
    stories: Vec<(Tongue, Story, BodyScan)>,
}

/// The language that the name of a file says.
pub(super) fn tongue(source: &str, config: &Config) -> Tongue {
    config.tongue_of_stem(stem_of(source)).1.unwrap_or_default()
}

/// Takes away what is not in the site's own language.
pub(super) fn take(texts: &mut Texts, config: &Config) -> Translations {
    if !config.is_multilingual() {
        return Translations::default();
    }
    Translations {
        topics: others(&mut texts.topics, config, |it| &it.source),
        entities: others(&mut texts.entities, config, |it| &it.source),
        stories: others(&mut texts.stories, config, |it| &it.source),
    }
}

fn others<T>(
    texts: &mut Vec<(T, BodyScan)>,
    config: &Config,
    source: fn(&T) -> &str,
) -> Vec<(Tongue, T, BodyScan)> {
    let is_other = |(text, _): &mut (T, BodyScan)| tongue(source(text), config) != Tongue::OWN;
    let others = texts.extract_if(.., is_other);
    others.map(|(text, scan)| (tongue(source(&text), config), text, scan)).collect()
}

/// Adds what other languages tell, and the names by which they do.
pub(super) fn add(registry: &mut Registry, translations: Translations) {
    for (tongue, topic, scan) in translations.topics {
        let Some(idx) = position(registry, Registered::Topic, &topic.id) else { continue };
        let target = Target::Topic(TopicIdx(idx));
        registry.add_path(&topic.source, target);
        add_names(registry, topic.aliases.iter().map(|it| &it.text), &topic.name, target);
        refer(registry, &topic.source, topic.image.as_ref(), scan.links);
        registry.told.entry(tongue).or_default().topics.insert(idx, topic);
    }
    for (tongue, entity, scan) in translations.entities {
        let Some(idx) = position(registry, Registered::Entity, &entity.id) else { continue };
        let target = Target::Entity(EntityIdx(idx));
        registry.add_path(&entity.source, target);
        add_names(registry, entity.aliases.iter().map(|it| &it.text), &entity.name, target);
        registry.wanted.extend(entity.facts.iter().flat_map(|fact| id_keys(&fact.value.text)));
        refer(registry, &entity.source, entity.image.as_ref(), scan.links);
        registry.told.entry(tongue).or_default().entities.insert(idx, entity);
    }
    for (tongue, story, scan) in translations.stories {
        let Some(idx) = position(registry, Registered::Story, &story.id) else { continue };
        let target = Target::Story(StoryIdx(idx));
        registry.add_path(&story.source, target);
        add_names(registry, [].into_iter(), &story.name, target);
        let told = story.milestones.iter().filter_map(|it| it.article.as_ref());
        registry.wanted.extend(told.flat_map(|it| id_keys(&it.text)));
        refer(registry, &story.source, None, scan.links);
        registry.told.entry(tongue).or_default().stories.insert(idx, story);
    }
    add_short_names(registry);
}

/// The names that `names` gives for languages of the site.
fn add_short_names(registry: &mut Registry) {
    let tags = registry.other_tags.clone();
    let is_wanted =
        |tag: &str| tags.iter().any(|it| it == tag || it.split('-').next() == Some(tag));
    let mut names: Vec<(String, Target)> = Vec::new();
    let mut note = |all: &std::collections::BTreeMap<String, String>, target| {
        let wanted = all.iter().filter(|(tag, _)| is_wanted(tag));
        names.extend(wanted.map(|(_, name)| (fold::key(name), target)));
    };
    let topics = (0..).map(TopicIdx).zip(&registry.topics);
    topics.for_each(|(idx, it)| note(&it.names, Target::Topic(idx)));
    let entities = (0..).map(EntityIdx).zip(&registry.entities);
    entities.for_each(|(idx, it)| note(&it.names, Target::Entity(idx)));
    let stories = (0..).map(StoryIdx).zip(&registry.stories);
    stories.for_each(|(idx, it)| note(&it.names, Target::Story(idx)));
    for (name, target) in names {
        registry.add_name(&name, target);
    }
}

/// Where what has an id stands; each kind is in the order of ids.
fn position(registry: &Registry, kind: Registered, id: &str) -> Option<u32> {
    let at = match kind {
        Registered::Topic => registry.topics.binary_search_by(|it| it.id.as_str().cmp(id)),
        Registered::Entity => registry.entities.position(id),
        Registered::Story => registry.stories.binary_search_by(|it| it.id.as_str().cmp(id)),
    };
    at.ok().and_then(|at| u32::try_from(at).ok())
}

/// Files in other languages without one in the site's own.
pub(super) fn orphans(all: &[(&str, String, &str)], config: &Config) -> Vec<Diagnostic> {
    let own = |(.., source): &&(&str, String, &str)| tongue(source, config) == Tongue::OWN;
    let known: BTreeSet<(&str, &str)> =
        all.iter().filter(own).map(|(kind, id, _)| (*kind, id.as_str())).collect();
    let is_orphan =
        |it: &&(&str, String, &str)| !own(it) && !known.contains(&(it.0, it.1.as_str()));
    let orphans = all.iter().filter(is_orphan);
    let fault = |(kind, id, source): &(&str, String, &str)| {
        let tag = config.tag(tongue(source, config));
        let message = format!("there is no {kind} «{id}» that this could tell in «{tag}»");
        let folder = source.rsplit_once('/').map_or("content", |(folder, _)| folder);
        let hint = format!(
            "write {folder}/{id}.md in «{}», the site's own language, or correct this file's name",
            config.language
        );
        Diagnostic::error(source, Place::FILE, "no-original", message).hint(hint)
    };
    orphans.map(fault).collect()
}

/// Of all names in other languages by which articles find what they name.
pub(super) fn hash_names(registry: &Registry, hash: &mut Hash) {
    for tag in &registry.other_tags {
        hash.text(tag);
    }
    if registry.other_tags.is_empty() {
        return;
    }
    let named = |names: &std::collections::BTreeMap<String, String>, hash: &mut Hash| {
        names.iter().for_each(|(tag, name)| _ = hash.text(tag).text(name));
        hash.text("");
    };
    registry.topics.iter().for_each(|it| named(&it.names, hash));
    registry.entities.iter().for_each(|it| named(&it.names, hash));
    registry.stories.iter().for_each(|it| named(&it.names, hash));
    for (tongue, told) in &registry.told {
        hash.number(usize::from(tongue.0));
        for topic in told.topics.values() {
            hash.text(&topic.source).text(&topic.name);
            topic.aliases.iter().for_each(|alias| _ = hash.text(&alias.text));
        }
        for entity in told.entities.values() {
            hash.text(&entity.source).text(&entity.name);
            entity.aliases.iter().for_each(|alias| _ = hash.text(&alias.text));
        }
        told.stories.values().for_each(|it| _ = hash.text(&it.source).text(&it.name));
    }
}
