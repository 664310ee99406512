//! Front matter's references → positions. In: published [`Material`]. Out: [`Resolved`]: for each article what it
//! belongs to, and the registry with an entry for everything named without a file. [`resolve`] is the entry.

use std::collections::BTreeMap;

use super::{
    Material,
    lookup::Lookup,
    mentions::{Sighting, Who},
};
use crate::{
    diag::{Diagnostic, Place},
    model::{
        Digest,
        article::Body,
        links::{Names, Resolved as Leads},
        newsroom::{EntityIdx, Mention, Refs, StoryIdx, Target, TopicIdx},
        registry::{Entity, Matching, Story, StoryStatus, Topic},
        source::Written,
    },
    text::{fold, slug},
};

/// The registry in full, and what each article refers to.
pub(super) struct Resolved {
    pub(super) articles: Vec<References>,
    pub(super) topics: Vec<Topic>,
    pub(super) entities: Vec<Entity>,
    pub(super) stories: Vec<Story>,
}

/// What one article refers to.
pub(super) struct References {
    pub(super) topics: Vec<TopicIdx>,
    pub(super) about: Vec<EntityIdx>,
    pub(super) mentions: Vec<Mention>,
    pub(super) story: Option<StoryIdx>,
    pub(super) refs: Refs,
}

/// Resolves the topics, entities and stories that articles name. What has no file gets an entry without one and,
/// once for each name, a warning that says which file to create.
pub(super) fn resolve(material: &Material, diagnostics: &mut Vec<Diagnostic>) -> Resolved {
    let known: Vec<_> = material.topics.iter().map(|(topic, _)| topic.clone()).collect();
    let mut topics = Registry::new("topic", "topics", Lookup::of_topics(&known), known.len());
    let entities: Vec<_> = material.entities.iter().map(|(entity, _)| entity.clone()).collect();
    let mut people =
        Registry::new("entity", "entities", Lookup::of_entities(&entities), entities.len());
    let known_stories: Vec<_> = material.stories.iter().map(|(story, _)| story.clone()).collect();
    let mut stories =
        Registry::new("story", "stories", Lookup::of_stories(&known_stories), known_stories.len());

    let articles = material.articles.iter().map(|article| {
        let source = &article.summary.source;
        References {
            topics: unique(&article.summary.topics, |it| TopicIdx(topics.position(source, it))),
            about: unique(&article.summary.entities, |it| EntityIdx(people.position(source, it))),
            story: article.summary.story.as_ref().map(|it| StoryIdx(stories.position(source, it))),
            mentions: article.sightings.iter().filter_map(|it| mention(&people, it)).collect(),
            refs: Refs::default(),
        }
    });
    let articles = articles.collect();
    for registry in [&topics, &people, &stories] {
        registry.report(material.strict, diagnostics);
    }
    Resolved {
        articles,
        topics: known.into_iter().chain(topics.created.into_iter().map(Created::topic)).collect(),
        entities: entities
            .into_iter()
            .chain(people.created.into_iter().map(Created::entity))
            .collect(),
        stories: known_stories
            .into_iter()
            .chain(stories.created.into_iter().map(Created::story))
            .collect(),
    }
}

fn unique<T: PartialEq>(written: &[Written], mut position: impl FnMut(&Written) -> T) -> Vec<T> {
    let mut positions = Vec::with_capacity(written.len());
    for written in written {
        let position = position(written);
        if !positions.contains(&position) {
            positions.push(position);
        }
    }
    positions
}

fn mention(people: &Registry, sighting: &Sighting) -> Option<Mention> {
    let position = match &sighting.who {
        Who::Known(position) => *position,
        Who::Named(name) => *people.lookup.get(name).first()?,
    };
    let Sighting { places, excerpt, .. } = sighting.clone();
    Some(Mention { entity: EntityIdx(position), places, excerpt })
}

/// What is known of one kind, with what turns up in front matter.
struct Registry {
    kind: &'static str,
    folder: &'static str,
    lookup: Lookup,
    n_known: usize,
    created: Vec<Created>,
    ambiguous: BTreeMap<String, Diagnostic>,
}

/// Something that only front matter names.
struct Created {
    id: String,
    name: String,
    file: String,
    place: Place,
    n_articles: usize,
}

impl Registry {
    fn new(kind: &'static str, folder: &'static str, lookup: Lookup, n_known: usize) -> Self {
        Self { kind, folder, lookup, n_known, created: Vec::new(), ambiguous: BTreeMap::new() }
    }

    /// The position of what `written` names; a new one when nothing bears the name.
    fn position(&mut self, file: &str, written: &Written) -> u32 {
        let found = self.lookup.get(&written.text);
        if let [first, _, ..] = found {
            let first = *first;
            self.report_ambiguous(file, written);
            return first;
        }
        match found.first() {
            Some(&position) => {
                let created = (position as usize).checked_sub(self.n_known);
                if let Some(created) = created.and_then(|idx| self.created.get_mut(idx)) {
                    created.n_articles += 1;
                }
                position
            }
            None => self.create(file, written),
        }
    }

    fn create(&mut self, file: &str, written: &Written) -> u32 {
        let mut id = slug::slug(&written.text);
        if id.is_empty() {
            id = Digest::of(written.text.as_bytes()).to_string()[..8].to_owned();
        }
        // Two names with one slug («a b», «a-b») are one thing.
        if let Some(&position) = self.lookup.get(&id).first() {
            self.lookup.add_name(&written.text, position);
            return position;
        }
        let position = u32::try_from(self.n_known + self.created.len()).unwrap_or(u32::MAX);
        self.lookup.add_id(&id, position);
        self.lookup.add_name(&written.text, position);
        self.created.push(Created {
            id,
            name: written.text.clone(),
            file: file.to_owned(),
            place: written.place,
            n_articles: 1,
        });
        position
    }

    fn report_ambiguous(&mut self, file: &str, written: &Written) {
        let (kind, folder) = (self.kind, self.folder);
        self.ambiguous.entry(fold::key(&written.text)).or_insert_with(|| {
            let message = format!("«{}» is the name of more than one {kind}", written.text);
            Diagnostic::warning(file, written.place, "ambiguous-name", message).hint(format!(
                "write the id of the one you mean: the name of its file in content/{folder}/"
            ))
        });
    }

    fn report(&self, strict: bool, diagnostics: &mut Vec<Diagnostic>) {
        diagnostics.extend(self.ambiguous.values().cloned());
        for created in &self.created {
            let articles = if created.n_articles == 1 {
                String::new()
            } else {
                format!(" (named by {} articles)", created.n_articles)
            };
            let message =
                format!("there is no file for the {} «{}»{articles}", self.kind, created.name);
            let make = if strict { Diagnostic::error } else { Diagnostic::warning };
            let code = match self.kind {
                "topic" => "unknown-topic",
                "entity" => "unknown-entity",
                _ => "unknown-story",
            };
            let hint = format!(
                "create content/{}/{}.md with `name: {}`",
                self.folder, created.id, created.name
            );
            diagnostics.push(make(&created.file, created.place, code, message).hint(hint));
        }
    }
}

impl Created {
    fn digest(&self) -> Digest {
        Digest::of(format!("{}\0{}", self.id, self.name).as_bytes())
    }

    fn topic(self) -> Topic {
        Topic {
            digest: self.digest(),
            source: String::new(),
            id: self.id,
            name: self.name,
            parent: None,
            aliases: Vec::new(),
            iptc: None,
            image: None,
            body: Body::default(),
            extra: BTreeMap::new(),
        }
    }

    fn entity(self) -> Entity {
        Entity {
            digest: self.digest(),
            source: String::new(),
            id: self.id,
            name: self.name,
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

    fn story(self) -> Story {
        Story {
            digest: self.digest(),
            source: String::new(),
            id: self.id,
            name: self.name,
            status: StoryStatus::Ongoing,
            milestones: Vec::new(),
            body: Body::default(),
            extra: BTreeMap::new(),
        }
    }
}

/// Two files of one kind with one id.
pub(super) fn duplicate_ids(material: &Material) -> Vec<Diagnostic> {
    let topics = material.topics.iter().map(|(it, _)| ("topic", &it.id, &it.source));
    let entities = material.entities.iter().map(|(it, _)| ("entity", &it.id, &it.source));
    let stories = material.stories.iter().map(|(it, _)| ("story", &it.id, &it.source));
    let days: Vec<_> =
        material.editions.iter().map(|(it, _)| (it.date.to_string(), &it.source)).collect();
    let editions = days.iter().map(|(day, source)| ("edition", day, *source));
    let mut first: BTreeMap<(&str, String), &String> = BTreeMap::new();
    let mut diagnostics = Vec::new();
    for (kind, id, source) in topics.chain(entities).chain(stories).chain(editions) {
        if let Some(other) = first.insert((kind, fold::route_key(id)), source) {
            let message = format!("the {kind} id «{id}» is also that of `{other}`");
            diagnostics.push(
                Diagnostic::error(source, Place::FILE, "duplicate-id", message)
                    .hint("rename one of the two files, or merge them"),
            );
        }
    }
    diagnostics
}

/// References of topics, stories and editions that lead nowhere.
pub(super) fn check_targets(material: &Material, names: &Names, diagnostics: &mut Vec<Diagnostic>) {
    for (topic, _) in &material.topics {
        if let (Some(written), None) = (&topic.parent, parent(topic, names)) {
            diagnostics.push(leads_nowhere(&topic.source, written, "topic", "content/topics/"));
        }
    }
    for (story, _) in &material.stories {
        for written in story.milestones.iter().filter_map(|it| it.article.as_ref()) {
            check_article(&story.source, written, names, diagnostics);
        }
    }
    for (edition, _) in &material.editions {
        for written in &edition.items {
            check_article(&edition.source, written, names, diagnostics);
        }
    }
    check_cycles(material, names, diagnostics);
}

fn check_article(
    source: &str,
    written: &Written,
    names: &Names,
    diagnostics: &mut Vec<Diagnostic>,
) {
    match names.resolve_in("articles", &written.text) {
        Leads::Target(Target::Article(_), _) | Leads::Unpublished => {}
        _ => diagnostics.push(leads_nowhere(source, written, "article", "content/articles/")),
    }
}

fn leads_nowhere(source: &str, written: &Written, kind: &str, folder: &str) -> Diagnostic {
    let message = format!("there is no {kind} «{}»", written.text);
    Diagnostic::error(source, written.place, "missing-target", message)
        .hint(format!("write the name of a file in {folder} without its extension"))
}

/// The broader topic that a topic names.
pub(super) fn parent(topic: &Topic, names: &Names) -> Option<TopicIdx> {
    match names.resolve_in("topics", &topic.parent.as_ref()?.text) {
        Leads::Target(Target::Topic(idx), _) => Some(idx),
        _ => None,
    }
}

/// A topic that is its own broader topic, by whatever detour. Each chain is followed once: what has been seen from an
/// earlier start needs no second look.
fn check_cycles(material: &Material, names: &Names, diagnostics: &mut Vec<Diagnostic>) {
    let parents: Vec<Option<usize>> = material
        .topics
        .iter()
        .map(|(topic, _)| parent(topic, names).map(|idx| idx.0 as usize))
        .collect();
    let mut seen_from: Vec<Option<usize>> = vec![None; parents.len()];
    for start in 0..parents.len() {
        let mut at = Some(start);
        while let Some(position) = at.filter(|&it| seen_from.get(it).is_some_and(Option::is_none)) {
            seen_from[position] = Some(start);
            at = parents[position];
        }
        let Some(position) = at.filter(|&it| seen_from.get(it) == Some(&Some(start))) else {
            continue;
        };
        let topic = &material.topics[position].0;
        if let Some(written) = &topic.parent {
            let message = format!("«{}» is its own broader topic", topic.name);
            diagnostics.push(
                Diagnostic::error(&topic.source, written.place, "topic-cycle", message)
                    .hint("remove `parent` from one of the topics of the circle"),
            );
        }
    }
}
